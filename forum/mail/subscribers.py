"""What we write when accounts announce something, or thanks: one template of `templates/mail/` each, in its reader's
language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts import queries as accounts
from forum.accounts.events import (
    AddressChanged,
    AddressMoved,
    PasswordChanged,
    PlaceholderClaimed,
    SignUpApproved,
    SignUpDeclined,
    TokenIssued,
)
from forum.accounts.models import Account, Token, WaitingSignUp
from forum.accounts.sanction_models import Sanction
from forum.accounts.tokens import Purpose
from forum.core.web import languages, signed
from forum.core.web.running import settings
from forum.mail import actions, messages
from forum.moderation import stating as judging
from forum.moderation.appeal_models import Appeal
from forum.moderation.events import AppealDecided, Decided, DecisionUndone
from forum.moderation.models import Ruling
from forum.moderation.operations import OPERATIONS, SANCTION
from forum.moderation.queries import reasons
from forum.moderation.spam_rules import SPAM
from forum.notifications.events import AnnouncementDue
from forum.notifications.kind import MAIL
from forum.notifications.queries import channels
from forum.posts.models import Post, Topic
from forum.recognition import queries as recognitions
from forum.recognition.events import ThanksComplete
from forum.reporting.events import IllegalContentReported, IllegalReportAnswered, IllegalReportReopened
from forum.reporting.grounds import DECISIONS, PURPOSE
from forum.reporting.models import IllegalReport
from forum.sanctions import wording as sanctioning
from forum.sanctions.events import SanctionImposed, SanctionLifted, SanctionRevoked
from forum.site import queries as sites

LONGEST_WORDS = 3000
# What the mail with a secret is called, and where its link leads.
_SECRETS = {
    Purpose.SIGN_UP: ("confirm_address", "accounts.confirm"),
    Purpose.RESET: ("reset_password", "accounts.reset"),
    Purpose.CLAIM: ("claim_account", "accounts.claim"),
    Purpose.ADDRESS_OLD: ("leave_address", "accounts.leave_address"),
    Purpose.ADDRESS_NEW: ("take_address", "accounts.take_address"),
    Purpose.NOTHING: ("no_account", ""),
}


@dataclass(frozen=True, slots=True)
class _Letter:
    to: str
    cause: str
    account: Account | None = None
    is_secret: bool = False
    # Whether its reader ordered it by what they just did, so that the language they read in is known.
    is_ordered: bool = True
    # The language in which somebody without an account wrote to us.
    locale: str = ""


def send_secret(session: Session, event: TokenIssued) -> None:
    """The link that only the owner of the address should have."""
    token = session.get_one(Token, event.token_id)
    account = accounts.by_id(session, token.account_id) if token.account_id is not None else None
    purpose = Purpose(token.purpose)
    cause, endpoint = _SECRETS[purpose]
    if purpose is Purpose.RESET and token.payload.get("asked") == "sign_up":
        cause = "known_already"
    new_address = purpose is Purpose.ADDRESS_NEW and account is not None
    other = accounts.by_email(session, token.address) if new_address else None
    if other is not None and account is not None and other.id != account.id:
        cause, endpoint = "address_is_taken", ""
    _write(
        session,
        _Letter(
            _address(token, account),
            cause,
            account,
            is_secret=bool(endpoint),
            is_ordered=not token.payload.get("invited"),
        ),
        link=_link(endpoint, secret=event.secret) if endpoint else "",
        wanted=token.payload,
    )


def tell_password_changed(session: Session, event: PasswordChanged) -> None:
    """So that nobody's password changes behind their back."""
    account = accounts.by_id(session, event.account_id)
    if account is not None and account.email:
        _write(session, _Letter(account.email, "password_changed", account), link=_link("accounts.forgot"))


def tell_address_changed(session: Session, event: AddressChanged) -> None:
    """To the old address: the last mail that it gets."""
    account = accounts.by_id(session, event.account_id)
    if account is not None and event.former:
        _write(session, _Letter(event.former, "address_changed", account))


def tell_address_moved(session: Session, event: AddressMoved) -> None:
    """To both addresses: nobody's account moves behind their back."""
    account = accounts.by_id(session, event.account_id)
    if account is not None and account.email:
        for address in (event.former, account.email):
            _write(session, _Letter(address, "address_moved", account), new=account.email)


def greet_claimed(session: Session, event: PlaceholderClaimed) -> None:
    """The account is theirs now: where it is, and how to find it again."""
    account = accounts.by_id(session, event.account_id)
    if account is not None and account.email:
        _write(session, _Letter(account.email, "claimed", account), link=_link("accounts.profile", name=account.name))


def tell_approved(session: Session, event: SignUpApproved) -> None:
    """They are in: the words of whoever decided, and the way."""
    account, row = accounts.by_id(session, event.account_id), session.get(WaitingSignUp, event.account_id)
    if account is not None and account.email:
        words = row.answer if row is not None else ""
        letter = _Letter(account.email, "sign_up_approved", account)
        _write(session, letter, link=_link("accounts.sign_in", login=account.name), words=words)


def tell_declined(session: Session, event: SignUpDeclined) -> None:
    """They are not, and why."""
    account, row = accounts.by_id(session, event.account_id), session.get(WaitingSignUp, event.account_id)
    if account is not None and account.email:
        letter = _Letter(account.email, "sign_up_declined")
        _write(session, letter, words=row.answer if row is not None else "", wanted={"name": account.name})


def tell_sanctioned(session: Session, event: SanctionImposed) -> None:
    """The whole statement: what, by which rule, why, how it was found, until when, and how to appeal."""
    row = session.get_one(Sanction, event.sanction_id)
    ruling = session.get(Ruling, row.ruling_id) if row.ruling_id is not None else None
    object_by = reasons.reasons(session, ruling).until if ruling is not None else None
    reasons_link = _link("moderation.statement", decision_id=ruling.id) if ruling is not None else ""
    told = {"ruling": ruling, "stating": judging, "object_by": object_by, "reasons_link": reasons_link}
    _write_to_member(session, row.account_id, "sanction", row=row, **told)


def tell_lifted(session: Session, event: SanctionLifted) -> None:
    """It ended before its time, and why."""
    row = session.get_one(Sanction, event.sanction_id)
    _write_to_member(session, row.account_id, "sanction_ended", what=(row.kind, row.right), reason=row.lift_reason)


def tell_taken_back(session: Session, event: SanctionRevoked) -> None:
    """It counts for nothing any more: no page says that it ever was, so this does. Of a decision that was taken back,
    `tell_undone` tells, or the answer to an objection."""
    if event.ruling_id is None:
        _write_to_member(session, event.account_id, "sanction_ended", what=(event.kind, event.right), reason="")


def _write_to_member(session: Session, account_id: int, cause: str, **words: Any) -> None:
    account = accounts.by_id(session, account_id)
    if account is not None and account.email and account.deactivated_at is None:
        links = {"link": _link("moderation.member", name=account.name), "ask": _link("conversations.to_moderators")}
        _write(session, _Letter(account.email, cause, account, is_ordered=False), **words, **links, wording=sanctioning)


def tell_decided(session: Session, event: Decided) -> None:
    """The statement of reasons, to the author: always, whatever else they chose. What stays as it is changes nothing
    for them."""
    row = session.get_one(Ruling, event.decision_id)
    if OPERATIONS[row.act].upholds and not OPERATIONS[row.act].tells_itself:
        _state(session, row, row.account_id, "decision")


def tell_undone(session: Session, event: DecisionUndone) -> None:
    """It is as it was before; an objection has its own answer."""
    row = session.get_one(Ruling, event.decision_id)
    if not OPERATIONS[row.act].upholds or row.undone_how == "appeal":
        return
    if row.act == SANCTION and row.account_id is not None:
        what = (row.params["kind"], row.params["right"])
        _write_to_member(session, row.account_id, "sanction_ended", what=what, reason="", why=row.undone_why)
    else:
        _state(session, row, row.account_id, "decision_undone")


def tell_objector(session: Session, event: AppealDecided) -> None:
    """What somebody who took no part says to it."""
    row = session.get_one(Appeal, event.appeal_id)
    _state(session, session.get_one(Ruling, row.ruling_id), row.account_id, "objection_answered", appeal=row)


def _state(session: Session, row: Ruling, account_id: int | None, cause: str, **words: Any) -> None:
    account = accounts.by_id(session, account_id) if account_id is not None else None
    if account is None or not account.email or account.deactivated_at is not None:
        return
    if row.act == SPAM and account.confirmed_at is None:  # an address of spam may be anybody's
        return
    link, page = _link("moderation.statement", decision_id=row.id), reasons.reasons(session, row)
    letter = _Letter(account.email, cause, account, is_ordered=False)
    _write(session, letter, page=page, link=link, wording=judging, **words)


def send_announcement(session: Session, event: AnnouncementDue) -> None:
    """Its words, and that there is one such mail a week at most."""
    post = session.scalars(
        select(Post).options(joinedload(Post.topic).joinedload(Topic.board)).where(Post.id == event.post_id)
    ).one()
    words = post.plain if len(post.plain) <= LONGEST_WORDS else f"{post.plain[:LONGEST_WORDS].rstrip()} …"
    link = _link("posts.topic", topic_id=post.topic_id, slug=post.topic.slug)
    choose = _link("notifications.settings")
    for account in session.scalars(select(Account).where(Account.id.in_(event.account_ids)).order_by(Account.id)):
        if account.email:
            letter = _Letter(account.email, "announcement", account, is_ordered=False)
            _write(session, letter, topic=post.topic, words=words, link=link, choose=choose)


def send_thanks(session: Session, event: ThanksComplete) -> None:
    """All thanks of a day in one letter, for who is here and wants it."""
    gathered = recognitions.letter(session, event.message_id)
    account = accounts.by_id(session, gathered.message.account_id)
    if account is None or not account.email or account.confirmed_at is None or account.deactivated_at is not None:
        return
    if gathered.thanks and channels.wants(session, account.id, "thanks", MAIL):
        links = {"link": _link("recognition.own"), "choose": _link("notifications.settings")}
        _write(session, _Letter(account.email, "thanks", account, is_ordered=False), gathered=gathered, **links)


def acknowledge_report(session: Session, event: IllegalContentReported) -> None:
    """Its number, and where to look how far it is."""
    _to_sender(session, event.report_id, "report_received", is_ordered=True)


def tell_report_answered(session: Session, event: IllegalReportAnswered) -> None:
    """What became of it, and why."""
    _to_sender(session, event.report_id, "report_answered")


def tell_report_reopened(session: Session, event: IllegalReportReopened) -> None:
    """It is looked at again."""
    _to_sender(session, event.report_id, "report_reopened")


def _to_sender(session: Session, report_id: int, cause: str, *, is_ordered: bool = False) -> None:
    """Not a word of what they wrote: whoever types another's address here must not write to them by us."""
    report = session.get_one(IllegalReport, report_id)
    if report.email:
        letter = _Letter(report.email, cause, is_ordered=is_ordered, locale=report.locale)
        link = _link("reporting.state", code=signed.code_of(PURPOSE, report.id))
        decided = DECISIONS.get(report.decision, "")
        _write(session, letter, link=link, report=report, decided=decided)


def _address(token: Token, account: Account | None) -> str:
    """Where the secret goes, as its owner writes it."""
    if "email" in token.payload and token.purpose != Purpose.ADDRESS_OLD:
        return str(token.payload["email"])
    return account.email if account is not None and account.email else token.address


def _write(session: Session, letter: _Letter, **words: Any) -> None:
    place = sites.site(session)
    with languages.speaking(_language(letter)):
        written = current_app.jinja_env.get_template(f"mail/{letter.cause}.txt").render(
            site=place, base_url=settings().base_url, account=letter.account, **words
        )
    subject, text = messages.split(written)
    draft = messages.Draft(
        to=letter.to,
        subject=subject,
        text=text,
        cause=letter.cause,
        account_id=letter.account.id if letter.account else None,
        is_secret=letter.is_secret,
    )
    actions.put_out(session, draft, settings().base_url)


def _language(letter: _Letter) -> str:
    chosen = letter.account.locale if letter.account else letter.locale
    return chosen or (languages.present() if letter.is_ordered else languages.default())


def _link(endpoint: str, **values: str | int) -> str:
    """An address in full at the place's own base, whether a browser, a job or a command is asking."""
    base = urlsplit(settings().base_url)
    adapter = current_app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)
