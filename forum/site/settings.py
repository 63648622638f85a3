"""What administrators may change while the forum runs: one table, read from top to bottom. Pure.

A setting is a whole number with its unit, its bounds and one sentence, or a switch. The site row keeps what differs
from the default; whoever needs a value asks `number` or `duration` with what the row keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from forum.core.errors import Invalid
from forum.core.words import gettext as _
from forum.core.words import mark, ngettext


class Unit(StrEnum):
    """What a setting counts."""

    TIMES = ""
    CHARACTERS = "characters"
    PERCENT = "percent"
    MEGABYTES = "megabytes"
    MEGAPIXELS = "megapixels"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    SWITCH = "switch"  # 0 is off, 1 is on


class Section(StrEnum):
    """Under which heading a setting stands."""

    WRITING = "writing"
    PACE = "pace"
    NEWCOMERS = "newcomers"
    CHANGING = "changing"
    STANDING = "standing"
    ANSWERS = "answers"
    FILES = "files"
    CONVERSATIONS = "conversations"
    SEARCH = "search"
    JOINING = "joining"
    KEEPING = "keeping"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that may be changed. `low` and `high` are allowed themselves."""

    key: str
    section: Section
    unit: Unit
    default: int
    low: int
    high: int
    name: str
    sentence: str


_W, _P, _N, _C, _S, _A, _F, _T, _Q, _J, _K = Section

TABLE: Mapping[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting("title_min", _W, Unit.CHARACTERS, 5, 1, 40, mark("Shortest title"),
                mark("A title that says what a topic is about needs a few letters.")),
        Setting("title_max", _W, Unit.CHARACTERS, 200, 60, 200, mark("Longest title"),
                mark("Longer ones are cut off in lists and in mails.")),
        Setting("body_min", _W, Unit.CHARACTERS, 2, 1, 100, mark("Shortest post"),
                mark("So that nobody posts nothing; “ok” is fine.")),
        Setting("body_max", _W, Unit.CHARACTERS, 32_000, 1_000, 32_000, mark("Longest post"),
                mark("What is longer reads better as several posts.")),
        Setting("tags_max", _W, Unit.TIMES, 5, 0, 10, mark("Tags on a topic"),
                mark("The most that a topic may carry.")),
        Setting("mentions_max", _W, Unit.TIMES, 20, 2, 100, mark("Mentions in a post"),
                mark("Each mention writes to somebody. As many different people, at most, hear of one post in a day "
                     "because it mentions, quotes or links to them.")),
        Setting("group_call_size", _W, Unit.TIMES, 100, 1, 1000, mark("People in a group that is mentioned"),
                mark("A larger group is not called by its name: too many would hear of one post.")),
        Setting("group_call_pause", _W, Unit.HOURS, 24, 1, 720, mark("Between two mentions of a group"),
                mark("How long one person waits before calling the same group again; until then no bell rings.")),
        Setting("replies_in_a_row", _W, Unit.TIMES, 3, 2, 20, mark("Replies in a row"),
                mark("Whoever is about to write so many posts one after the other is asked to add to the last one.")),
        Setting("old_topic", _W, Unit.DAYS, 183, 7, 3650, mark("A topic is old after"),
                mark("Whoever replies to an older one is asked, once, whether a new topic would serve better.")),
        Setting("topic_pause", _P, Unit.SECONDS, 15, 0, 3600, mark("Between two topics"),
                mark("How long somebody waits before starting another topic.")),
        Setting("reply_pause", _P, Unit.SECONDS, 5, 0, 3600, mark("Between two replies"),
                mark("How long members wait before the next reply.")),
        Setting("topics_a_day", _P, Unit.TIMES, 20, 1, 1000, mark("Topics in a day"),
                mark("The most topics that one person starts within 24 hours.")),
        Setting("thanks_a_day", _P, Unit.TIMES, 10, 1, 1000, mark("Thanks in a day"),
                mark("How often one person thanks below posts within 24 hours. Each thank-you is a message.")),
        Setting("same_text", _P, Unit.MINUTES, 5, 0, 1440, mark("The same text again after"),
                mark("Until then the same words by the same person are refused: they are there already.")),
        Setting("reply_pause_newcomer", _N, Unit.SECONDS, 30, 0, 3600, mark("Between two replies of a new member"),
                mark("How long those who are new here wait before the next reply.")),
        Setting("first_day_topics", _N, Unit.TIMES, 3, 1, 100, mark("Topics on the first day"),
                mark("The most topics that somebody starts on the first day.")),
        Setting("first_day_replies", _N, Unit.TIMES, 10, 1, 1000, mark("Replies on the first day"),
                mark("The most replies that somebody writes on the first day.")),
        Setting("newcomer_links", _N, Unit.TIMES, 2, 0, 100, mark("Links in a post of a new member"),
                mark("Advertising lives from links; people who are new rarely need more than two.")),
        Setting("newcomer_mentions", _N, Unit.TIMES, 2, 0, 100, mark("Mentions in a post of a new member"),
                mark("Each mention writes to somebody.")),
        Setting("newcomer_images", _N, Unit.TIMES, 1, 0, 100, mark("Pictures in a post of a new member"),
                mark("How many pictures those who are new show in one post.")),
        Setting("first_posts_held", _N, Unit.TIMES, 0, 0, 20, mark("First posts that a moderator reads"),
                mark("So many first posts of everybody who is new wait until a moderator has read them; 0: only those "
                     "that another rule holds.")),
        Setting("first_links_held", _N, Unit.TIMES, 1, 0, 20, mark("First posts held for a link or a picture"),
                mark("Among so many first posts, one with a link to elsewhere or a picture waits for a moderator.")),
        Setting("same_link_newcomers", _N, Unit.TIMES, 3, 0, 100, mark("New members who link to the same place"),
                mark("From so many within 24 hours, posts that link there wait for a moderator; 0: never. Places that "
                     "everybody links to do not count.")),
        Setting("typing_speed", _N, Unit.TIMES, 100, 0, 1000, mark("Characters in a second that nobody types"),
                mark("A new member’s long text that comes faster waits for a moderator; 0: never.")),
        Setting("edit_window_newcomer", _C, Unit.HOURS, 24, 1, 8760, mark("New members may edit for"),
                mark("How long after posting those who are new may change their words.")),
        Setting("edit_window", _C, Unit.DAYS, 30, 1, 3650, mark("Members may edit for"),
                mark("How long after posting members may change their words. Wiki posts stay open.")),
        Setting("silent_for", _C, Unit.MINUTES, 5, 0, 60, mark("Quiet edits within"),
                mark("A small change made so soon after posting leaves no trace in the history.")),
        Setting("silent_characters", _C, Unit.CHARACTERS, 100, 0, 1000, mark("Quiet edits up to"),
                mark("How much may change in a quiet edit.")),
        Setting("edits_a_day", _C, Unit.TIMES, 30, 3, 1000, mark("Changes to a post in a day"),
                mark("The most new wordings that one person gives one post within 24 hours; moderators are free.")),
        Setting("rename_pause", _C, Unit.DAYS, 30, 0, 365, mark("Between two changes of name"),
                mark("How long a new user name stays before its owner may take another.")),
        Setting("trust_topics_read", _S, Unit.TIMES, 5, 0, 100, mark("Topics read, to be a member"),
                mark("How many topics somebody opens before the limits of the beginning end.")),
        Setting("trust_reading", _S, Unit.MINUTES, 10, 0, 600, mark("Reading, to be a member"),
                mark("Measured between unread pages, each stretch up to two minutes.")),
        Setting("trust_kept_after", _S, Unit.HOURS, 24, 0, 720, mark("A post counts as kept after"),
                mark("A first post that nobody took away for so long makes a member.")),
        Setting("trust_days_here", _S, Unit.TIMES, 50, 1, 100, mark("Days of the last 100, to be a regular"),
                mark("On how many of them somebody read something new.")),
        Setting("trust_topics_answered", _S, Unit.TIMES, 10, 0, 1000, mark("Topics answered, to be a regular"),
                mark("Topics of others in which somebody replied.")),
        Setting("trust_taken_away", _S, Unit.TIMES, 5, 0, 100, mark("Posts taken away, at most, of a regular"),
                mark("Own posts that others took away or hid, of the last 100 days.")),
        Setting("posting_bar", _S, Unit.PERCENT, 40, 0, 100, mark("Posting is kept from"),
                mark("The share of posts that stood, two good and two bad ones added; below it, limits return.")),
        Setting("editing_bar", _S, Unit.PERCENT, 40, 0, 100, mark("Editing is kept from"),
                mark("The same for edits of others’ words; below it, nobody is a regular.")),
        Setting("flagging_bar", _S, Unit.PERCENT, 40, 0, 100, mark("Reporting is kept from"),
                mark("The same for reports that moderators found to be so; below it, nobody is a regular.")),
        Setting("close_solved", _A, Unit.DAYS, 30, 0, 3650, mark("A solved question closes after"),
                mark("Counted from its last post; 0: it stays open. Whoever comes later asks anew.")),
        Setting("peers_needed", _A, Unit.TIMES, 2, 1, 20, mark("Members who confirm an answer"),
                mark("For how many it has to have worked; answers that stand are looked at again within minutes.")),
        Setting("doubt_rest", _A, Unit.DAYS, 14, 1, 365, mark("An author answers a doubt within"),
                mark("After that everybody is told that a reader holds it to be no longer true.")),
        Setting("asking_a_day", _A, Unit.TIMES, 5, 0, 100, mark("Invitations to answer in a day"),
                mark("How many people one member may ask to answer questions within 24 hours.")),
        Setting("asked_rest", _A, Unit.DAYS, 7, 0, 365, mark("Rest between two invitations"),
                mark("How long whoever was asked to answer something, or to take part in it, is left alone.")),
        Setting("picture_megabytes", _F, Unit.MEGABYTES, 10, 1, 20, mark("Largest picture"),
                mark("As it comes; it is written anew and kept smaller.")),
        Setting("picture_megapixels", _F, Unit.MEGAPIXELS, 40, 1, 40, mark("Most detail of a picture"),
                mark("What has more would take too much of the machine to look at.")),
        Setting("file_megabytes", _F, Unit.MEGABYTES, 20, 1, 20, mark("Largest file"),
                mark("PDF, office documents and archives, which are kept as they come.")),
        Setting("files_a_day", _F, Unit.TIMES, 50, 1, 1000, mark("Files in a day"),
                mark("How many files and pictures one person may bring within 24 hours.")),
        Setting("megabytes_a_day", _F, Unit.MEGABYTES, 200, 1, 10_000, mark("Files in a day, together"),
                mark("How large they may be together.")),
        Setting("talk_people", _T, Unit.TIMES, 20, 2, 100, mark("People in a conversation"),
                mark("Larger circles are better served by a group.")),
        Setting("talk_people_newcomer", _T, Unit.TIMES, 2, 1, 100, mark("People a new member may write to at once"),
                mark("Those who advertise write to many.")),
        Setting("talks_a_day", _T, Unit.TIMES, 20, 1, 1000, mark("Conversations begun in a day"),
                mark("How many a member may begin within 24 hours.")),
        Setting("talks_a_day_newcomer", _T, Unit.TIMES, 3, 1, 1000, mark("Conversations begun in a day, new members"),
                mark("How many those who are new may begin within 24 hours.")),
        Setting("search_guests", _Q, Unit.TIMES, 15, 1, 600, mark("Searches of a guest in a minute"),
                mark("Programs search fast; people who have not signed in rarely do.")),
        Setting("search_members", _Q, Unit.TIMES, 60, 1, 600, mark("Searches of a member in a minute"),
                mark("Enough for anybody who reads what is found.")),
        Setting("sign_in_minute", _J, Unit.TIMES, 6, 2, 60, mark("Attempts to sign in, in a minute"),
                mark("From one place, and for one account; more look like guessing.")),
        Setting("sign_in_hour", _J, Unit.TIMES, 30, 5, 600, mark("Attempts to sign in, in an hour"),
                mark("The same over a longer time.")),
        Setting("sign_ups_address", _J, Unit.TIMES, 20, 1, 1000, mark("Accounts asked for from one address in an hour"),
                mark("A classroom behind one address is many people; more than a classroom are programs.")),
        Setting("sign_ups_network", _J, Unit.TIMES, 40, 1, 5000, mark("Accounts asked for from one network in an hour"),
                mark("The same for its neighbourhood: /24, or /48 of IPv6.")),
        Setting("sign_ups_hour", _J, Unit.TIMES, 100, 1, 10_000, mark("Accounts asked for in an hour, by everybody"),
                mark("Beyond it whoever comes waits for somebody’s yes, and moderators are told once.")),
        Setting("session_life", _J, Unit.DAYS, 60, 1, 365, mark("Signed in for"),
                mark("Counted from the last visit with each browser; who comes later signs in again.")),
        Setting("mail_link_life", _J, Unit.HOURS, 48, 1, 168, mark("A link that confirms an address works for"),
                mark("In the mails of signing up and of another address.")),
        Setting("reset_life", _J, Unit.HOURS, 1, 1, 24, mark("A link to a new password works for"),
                mark("Short, since whoever reads the mail has the account.")),
        Setting("invitation_life", _J, Unit.DAYS, 90, 1, 365, mark("An invitation is good for"),
                mark("Links that were made before keep their day.")),
        Setting("invitation_uses", _J, Unit.TIMES, 10, 1, 1000, mark("People an invitation is for, at most"),
                mark("Whoever makes one chooses a number up to this.")),
        Setting("waiting_reminder", _J, Unit.HOURS, 8, 1, 168, mark("Reminder of who waits to join"),
                mark("Where somebody has to say yes: when staff hear that nobody has.")),
        Setting("new_for", _K, Unit.DAYS, 2, 1, 30, mark("A topic is new for"),
                mark("How long a topic that somebody never opened is called new.")),
        Setting("notices_kept", _K, Unit.DAYS, 90, 7, 3650, mark("Read notices are kept for"),
                mark("Unread ones stay, however old.")),
        Setting("appeals_taken", _K, Unit.DAYS, 183, 30, 3650, mark("Objections are taken for"),
                mark("How long whom a decision of the moderators concerns may say that it was wrong. Somebody answers "
                     "who took no part in it.")),
        Setting("drafts_kept", _K, Unit.DAYS, 180, 7, 3650, mark("Drafts are kept for"),
                mark("Counted from the last change of each.")),
    )
}  # fmt: skip

_LENGTH = {
    Unit.SECONDS: timedelta(seconds=1),
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
}


def number(kept: Mapping[str, int], key: str) -> int:
    """The value that holds: the one `kept`, as long as it is within its bounds, else the default."""
    setting = TABLE[key]
    value = kept.get(key, setting.default)
    return value if setting.low <= value <= setting.high else setting.default


def is_on(kept: Mapping[str, int], key: str) -> bool:
    """Whether a switch is on."""
    return number(kept, key) == 1


def duration(kept: Mapping[str, int], key: str) -> timedelta:
    """The value of a setting that counts time."""
    return number(kept, key) * _LENGTH[TABLE[key].unit]


def measured(kept: Mapping[str, int], key: str) -> int | timedelta:
    """The value as its reader wants it: a duration where the setting counts time, else a whole number."""
    return duration(kept, key) if TABLE[key].unit in _LENGTH else number(kept, key)


def read(key: str, typed: str) -> int:
    """What somebody typed for a setting; raises Invalid, in words, for what is no number or out of bounds."""
    setting, clean = TABLE[key], typed.strip()
    if not (clean.isascii() and clean.isdigit() and len(clean) < 10):
        raise Invalid(_("Write a whole number."), key)
    value = int(clean)
    if not setting.low <= value <= setting.high:
        raise Invalid(
            _("Between %(low)s and %(high)s, please.", low=said(key, setting.low), high=said(key, setting.high)), key
        )
    return value


def said(key: str, value: int) -> str:
    """A value in words: “15 seconds”, “on”."""
    match TABLE[key].unit:
        case Unit.SWITCH:
            return _("on") if value else _("off")
        case Unit.TIMES:
            return str(value)
        case Unit.CHARACTERS:
            return ngettext("%(num)s character", "%(num)s characters", value)
        case Unit.PERCENT:
            return _("%(num)s %%", num=value)
        case Unit.MEGABYTES:
            return _("%(num)s MB", num=value)
        case Unit.MEGAPIXELS:
            return ngettext("%(num)s megapixel", "%(num)s megapixels", value)
        case unit:
            return _time(unit, value)


def _time(unit: Unit, value: int) -> str:
    match unit:
        case Unit.SECONDS:
            return ngettext("%(num)s second", "%(num)s seconds", value)
        case Unit.MINUTES:
            return ngettext("%(num)s minute", "%(num)s minutes", value)
        case Unit.HOURS:
            return ngettext("%(num)s hour", "%(num)s hours", value)
        case _:
            return ngettext("%(num)s day", "%(num)s days", value)


def of_section(section: str) -> list[Setting]:
    """The settings of a section, in order."""
    return [setting for setting in TABLE.values() if setting.section == section]
