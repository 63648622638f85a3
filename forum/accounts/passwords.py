"""Passwords: which are good enough, and how they are kept (Argon2id, the OWASP profile).

Every password is NFKC-normalised first, so that two keyboards that write the same character differently agree.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import Argon2Error, InvalidHashError

from forum.core.errors import Invalid
from forum.core.words import gettext as _

SHORTEST = 10
LONGEST = 128
FEWEST_DIFFERENT = 4

# OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane. About 30 ms on a small machine.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)

_DATA = Path(__file__).parent / "data"


def check_password(password: str, *, name: str = "", email: str = "") -> None:
    """`Invalid` with the reason if the password is too easy to guess for the member with this name and address."""
    problem = _weakness(_normal(password), name=name, email=email)
    if problem is not None:
        raise Invalid(problem, "password")


def hash_password(password: str) -> str:
    """The encoded hash to store. The caller has asked `check_password`."""
    return hasher.hash(_bytes(password))


def verify(hashed: str | None, password: str) -> bool:
    """Whether the password is the hashed one. Without an account (None) it is False after just as long a time."""
    real = hashed is not None and _is_hash(hashed)
    try:
        hasher.verify(hashed if hashed is not None and real else _nobody(), _bytes(password))
    except Argon2Error:
        return False
    return real


def needs_rehash(hashed: str) -> bool:
    """Whether the hash was made with other costs than today's; ask after `verify` and store `hash_password` anew."""
    return not _is_hash(hashed) or hasher.check_needs_rehash(hashed)


# ── what makes a password weak ────────────────────────────────────────────────────────────────────────────────────────


def _weakness(password: str, *, name: str, email: str) -> str | None:
    if len(password) < SHORTEST:
        return _("A password has at least %(n)s characters. Three or four words make a good one.", n=SHORTEST)
    if len(password) > LONGEST:
        return _("A password has at most %(n)s characters.", n=LONGEST)
    if any(unicodedata.category(c) == "Cs" for c in password):
        return _("This password holds a character that cannot be stored. Choose another one.")
    plain = password.casefold().strip()
    if _is_about(plain, name, email):
        return _("This password is your name or address, which others know. Choose another one.")
    if len(set(plain)) < FEWEST_DIFFERENT or _is_a_run(plain):
        return _("This password repeats too much to be hard to guess. Choose another one.")
    if plain in _common() or _without_tail(plain) in _common():
        return _("This password is one of the most common ones. Choose another one.")
    return None


def _is_about(plain: str, name: str, email: str) -> bool:
    """The name, the address or its first part, alone, twice or with digits and signs behind."""
    address = _normal(email).casefold().strip()
    known = {_normal(name).casefold().strip(), address, address.partition("@")[0]} - {""}
    return any(plain in (k, k * 2) or _without_tail(plain) in (k, _without_tail(k)) for k in known)


def _without_tail(plain: str) -> str:
    """Without the digits and signs people add to please a rule; whole if nothing else is in it."""
    return re.sub(r"[\W\d_]+$", "", plain) or plain


def _is_a_run(plain: str) -> bool:
    """`abcdefghij`, `9876543210`: each character the neighbour of the one before."""
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return steps in ({1}, {-1})


@cache
def _common() -> frozenset[str]:
    lines = (_DATA / "common-passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_normal(line).casefold().strip() for line in lines)


# ── how they are kept ─────────────────────────────────────────────────────────────────────────────────────────────────


def _normal(text: str) -> str:
    # No character is made of more than four, so what is cut here is too long anyhow; a megabyte costs no time.
    return unicodedata.normalize("NFKC", text[: 4 * LONGEST + 1])


def _bytes(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")


def _is_hash(hashed: str) -> bool:
    try:
        extract_parameters(hashed)
    except InvalidHashError:
        return False
    return True


@cache
def _nobody() -> str:
    """A hash with today's costs that no password is known for: made of its parameters, so it costs nothing to have."""
    salt, digest = (b64encode(bytes(n)).decode().rstrip("=") for n in (hasher.salt_len, hasher.hash_len))
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"
