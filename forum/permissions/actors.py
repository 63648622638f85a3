"""Who is asking: a plain value, detached from session and request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum


class Group(IntEnum):
    """The built-in groups, by their row ids. Custom groups have higher ones."""

    EVERYONE = 1
    MEMBERS = 2
    STAFF = 3
    MODERATORS = 4
    ADMINISTRATORS = 5


class Right(StrEnum):
    """What a group may do on a board."""

    SEE = "see"
    START = "start"
    REPLY = "reply"
    MODERATE = "moderate"


class Trust(StrEnum):
    """How far a member is known here. Earned and lost by behaviour, never by points."""

    NEWCOMER = "newcomer"
    MEMBER = "member"
    REGULAR = "regular"


class Role(StrEnum):
    """In what an organization's people speak for it, by choice and post by post (`organization.md` §1)."""

    RESPONDER = "responder"
    RECOGNIZER = "recognizer"
    SEEDER = "seeder"
    LISTENER = "listener"
    ANNOUNCER = "announcer"
    HOST = "host"


class Kind(StrEnum):
    """What a sanction does."""

    WARNING = "warning"  # until it is read, they do not write
    WITHDRAWN = "withdrawn"  # one right is away for a while
    READ_ONLY = "read_only"
    SUSPENSION = "suspension"


# What can be withdrawn by itself.
RIGHTS = ("start", "reply", "flag", "upload", "message", "invite")


@dataclass(frozen=True, slots=True)
class Restraint:
    """What a sanction in force holds back. `until` None: until somebody lifts it, or for a warning until it is read."""

    kind: Kind
    right: str = ""
    until: datetime | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """The organization to which somebody belongs now, as `staff` or as its `bot`. `roles`: role → ids of the boards
    for which it was given; none: for all."""

    organization_id: int
    organization: str
    kind: str = "staff"
    roles: Mapping[Role, frozenset[int]] = field(default_factory=dict)
    # It hosts this community; otherwise it is a partner.
    is_host: bool = False

    def has(self, role: Role, board_id: int | None = None) -> bool:
        """Whether the role was given; for a board, where one is named."""
        boards = self.roles.get(role)
        return boards is not None and (board_id is None or not boards or board_id in boards)

    def has_everywhere(self, role: Role) -> bool:
        """Whether the role was given for all boards."""
        return self.roles.get(role) == frozenset()

    def roles_on(self, board_id: int) -> list[Role]:
        """The roles that may be worn there, in their order."""
        return [role for role in Role if self.has(role, board_id)]


@dataclass(frozen=True, slots=True)
class Actor:
    """A guest, a member, or a process acting for the house. `rights`: board id → what they may do there."""

    account_id: int | None = None
    name: str = ""
    display_name: str = ""
    avatar_url: str = ""
    groups: frozenset[int] = frozenset({Group.EVERYONE})
    rights: Mapping[int, frozenset[Right]] = field(default_factory=dict)
    trust: Trust = Trust.NEWCOMER
    is_confirmed: bool = False
    is_suspended: bool = False
    # What sanctions in force hold back: one of RIGHTS, or the kind where it is more than one right → the sanction.
    restraints: Mapping[str, Restraint] = field(default_factory=dict)
    # The rules have a version that they have not accepted: until then they read.
    must_accept: bool = False
    # How long after writing they may change their words.
    edit_window: timedelta = timedelta(days=1)
    # Asked for an account and waits for somebody's yes: sees what everyone sees.
    is_waiting: bool = False
    theme: str = "auto"
    # The language that was chosen, here or for this browser; of a guest, the one they read in.
    locale: str = ""
    time_zone: str = ""
    # Whether single keys do something on their pages. A guest has nowhere to switch them off: for them they are.
    uses_keys: bool = False
    session_id: int | None = None
    # Lines of notices that wait to be seen: what the bell shows.
    unread_notices: int = 0
    # A guest: what they could do where, were they a member. They may write first and join afterwards.
    as_member: Mapping[int, frozenset[Right]] = field(default_factory=dict)
    # Account ids of those whose posts and messages are folded away for this person.
    ignored: frozenset[int] = frozenset()
    # Whether a message came in a conversation that they have not read since.
    has_mail: bool = False
    # The last banner that they put away.
    banner_seen: int = 0
    # The organization that they belong to now.
    belonging: Belonging | None = None
    # When they last ceased to belong to one; None: never, or they do (`peers.py`).
    left_at: datetime | None = None
    # A command or job that acts for the house itself, without an account.
    is_house: bool = False

    @property
    def is_guest(self) -> bool:
        return self.account_id is None and not self.is_house

    @property
    def withdrawn(self) -> frozenset[str]:
        """Those of RIGHTS that are away for now."""
        return frozenset(self.restraints).intersection(RIGHTS)

    @property
    def only_reads(self) -> bool:
        """Suspended, or told to read only: may read, write to the moderators, and take leave."""
        return self.is_suspended or Kind.READ_ONLY in self.restraints

    @property
    def must_acknowledge(self) -> bool:
        """A warning waits to be read: until then they read."""
        return Kind.WARNING in self.restraints

    @property
    def sees_people(self) -> bool:
        """May be told the names of others on lists: no guest, and nobody who still waits for a yes."""
        return not self.is_guest and not self.is_waiting

    @property
    def is_staff(self) -> bool:
        return Group.STAFF in self.groups

    @property
    def is_moderator(self) -> bool:
        return Group.MODERATORS in self.groups or self.is_admin

    @property
    def is_admin(self) -> bool:
        return Group.ADMINISTRATORS in self.groups

    def speaks_as(self, role: Role, board_id: int | None = None) -> bool:
        """Whether they hold a role of their organization; on a board, where one is named."""
        return self.belonging is not None and self.belonging.has(role, board_id)

    def may(self, right: Right, board_id: int) -> bool:
        """Whether this right was given to one of the actor's groups on this board."""
        return right in self.rights.get(board_id, frozenset())

    def office(self, board_id: int | None = None) -> str:
        """As what they decide on a board, or (None) on none, for the log: no name."""
        if self.is_house:
            return "house"
        if self.is_admin:
            return "administrator"
        if self.is_moderator or board_id is None:
            return "moderator"
        return "board_moderator" if self.may(Right.MODERATE, board_id) else "member"

    def boards_with(self, right: Right) -> list[int]:
        """Ids of the boards on which the actor has this right, for use in SQL."""
        return sorted(board for board, rights in self.rights.items() if right in rights)


GUEST = Actor()
HOUSE = Actor(
    name="house",
    groups=frozenset({Group.EVERYONE, Group.STAFF, Group.ADMINISTRATORS}),
    trust=Trust.REGULAR,
    is_confirmed=True,
    is_house=True,
)
