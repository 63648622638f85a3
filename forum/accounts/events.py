"""What accounts announce."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AccountCreated:
    """Somebody confirmed their address, or was made the first administrator."""

    account_id: int


@dataclass(frozen=True, slots=True)
class TokenIssued:
    """A secret waits to be sent to the token's address.

    Only the token's hash is stored, and the mail is written in this transaction: so the secret itself comes along,
    hidden from logs. It is the one thing in an event that is not an id.
    """

    token_id: int
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser was let in."""

    account_id: int
    session_id: int


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Sessions of an account ended, by its own hand."""

    account_id: int


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """The old password no longer opens the account."""

    account_id: int


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """An account has another e-mail address. `former` is where it was: its owner should hear of it."""

    account_id: int
    former: str


@dataclass(frozen=True, slots=True)
class NameChanged:
    """An account is called differently; the former name still leads to it."""

    account_id: int
    former: str


@dataclass(frozen=True, slots=True)
class PlaceholderClaimed:
    """An author who was not here is here now."""

    account_id: int


@dataclass(frozen=True, slots=True)
class ProfileReworded:
    """Some of its words are others now, by the fields of its form."""

    account_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileEdited:
    """A profile, its picture or its owner's preferences changed."""

    account_id: int


@dataclass(frozen=True, slots=True)
class GateSet:
    """Who may sign up was said anew. `by_id`: the account that did it."""

    by_id: int | None


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """There is a link by which people may join."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """The link opens nothing any more."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class SignUpWaiting:
    """Somebody confirmed their address and waits for a yes."""

    account_id: int


@dataclass(frozen=True, slots=True)
class SignUpWaitsLong:
    """Nobody has answered them for eight hours: staff should hear."""

    account_id: int


@dataclass(frozen=True, slots=True)
class SignUpAnswered:
    """Somebody who waits was told yes or no; until it takes effect it can be taken back."""

    account_id: int
    verdict: str


@dataclass(frozen=True, slots=True)
class SignUpReopened:
    """That was taken back: they wait again."""

    account_id: int


@dataclass(frozen=True, slots=True)
class SignUpApproved:
    """Somebody who waited may come in; `AccountCreated` follows."""

    account_id: int


@dataclass(frozen=True, slots=True)
class SignUpDeclined:
    """Somebody who waited was told no. The account is gone when the verb is done."""

    account_id: int


@dataclass(frozen=True, slots=True)
class IgnoringChanged:
    """Somebody ignores others than before. Whom is nobody's business."""

    account_id: int


@dataclass(frozen=True, slots=True)
class GroupCreated:
    """A group is there, empty."""

    group_id: int


@dataclass(frozen=True, slots=True)
class GroupEdited:
    """A group is named or described differently."""

    group_id: int


@dataclass(frozen=True, slots=True)
class GroupDeleted:
    """A group is gone; its people stay."""

    group_id: int


@dataclass(frozen=True, slots=True)
class GroupJoined:
    """Somebody was put into a group."""

    group_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class GroupLeft:
    """Somebody was taken out of a group. `by_id`: by which administrator, if by one."""

    group_id: int
    account_id: int
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class AddressMoved:
    """An administrator gave an account another e-mail address. `former` is where it was."""

    account_id: int
    former: str
    by_id: int | None


@dataclass(frozen=True, slots=True)
class AccountDeactivated:
    """An administrator closed an account."""

    account_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class AccountReactivated:
    """A closed account is open again."""

    account_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class AccountsMerged:
    """Everything of one account is another's now."""

    gone_id: int
    into_id: int
    by_id: int | None
