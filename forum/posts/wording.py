"""Words for what posts and topics carry as codes: reactions, notes in the stream. Tables, said when shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.posts.limits import REACTIONS
from forum.site.rules import title_of


class Said(NamedTuple):
    """A symbol of the sprite and the words beside it."""

    icon: str
    words: str


_REACTIONS: Mapping[str, Said] = {
    "thanks": Said("hand-heart", mark("Thanks")),
    "helpful": Said("lightbulb", mark("Helpful")),
    "agree": Said("thumbs-up", mark("Agree")),
    "worked_for_me": Said("circle-check", mark("Worked for me")),
    "curious": Said("search", mark("Curious")),
    "celebrate": Said("party-popper", mark("Celebrate")),
}

# What happened to a topic. Our own verbs first, then what imported archives know.
_NOTES: Mapping[str, Said] = {
    "locked": Said("lock", mark("%(name)s locked this topic")),
    "unlocked": Said("lock-open", mark("%(name)s opened this topic again")),
    "timed.locked": Said("lock", mark("This topic was closed at the time set for it")),
    "timed.unlocked": Said("lock-open", mark("This topic was opened again at the time set for it")),
    "retitled": Said("pencil", mark("%(name)s gave this topic a clearer title")),
    "moved": Said("folder", mark("%(name)s moved this topic here")),
    "duplicate": Said("git-merge", mark("%(name)s closed this topic: another one says the same")),
    "split.away": Said("git-merge", mark("%(name)s moved posts from here to another topic")),
    "split.off": Said("git-merge", mark("%(name)s made this topic of posts from another")),
    "split.here": Said("git-merge", mark("%(name)s moved posts here from another topic")),
    "unsplit": Said("undo-2", mark("%(name)s put the posts back here that had been moved away")),
    "unsplit.away": Said("undo-2", mark("%(name)s put posts back into the topic they came from")),
    "merged.here": Said("git-merge", mark("%(name)s merged another topic into this one")),
    "unmerged": Said("undo-2", mark("%(name)s made this a topic of its own again")),
    "unmerged.away": Said("undo-2", mark("%(name)s made the other topic one of its own again")),
    "slow.on": Said("clock", mark("%(name)s slowed this topic down")),
    "slow.off": Said("clock", mark("%(name)s let this topic run at its own pace again")),
    "owner": Said("user", mark("%(name)s says whose topic this is now")),
    "archived": Said("archive", mark("%(name)s archived this topic")),
    "unarchived": Said("archive", mark("%(name)s took this topic out of the archive")),
    "pinned": Said("pin", mark("%(name)s pinned this topic")),
    "unpinned": Said("pin", mark("%(name)s unpinned this topic")),
    "urgent": Said("clock", mark("%(name)s says that this is urgent: nobody waits here")),
    "not urgent": Said("clock", mark("%(name)s says that this is not urgent any more")),
    "idea.new": Said("sparkles", mark("%(name)s put this idea back among the new ones")),
    "idea.discussion": Said("messages-square", mark("%(name)s took this idea up: it is under discussion")),
    "idea.planned": Said("list-checks", mark("%(name)s says that this is planned")),
    "idea.doing": Said("wrench", mark("%(name)s says that this is being done")),
    "idea.done": Said("circle-check", mark("%(name)s says that this is done")),
    "idea.declined": Said("x", mark("%(name)s declined this idea")),
    "idea.duplicate": Said("git-merge", mark("%(name)s merged this idea into another")),
    "idea.took_in": Said("git-merge", mark("%(name)s merged another idea into this one")),
    "solved.closed": Said("lock", mark("Solved, and quiet for a while: this question takes no more replies")),
    "closed.enabled": Said("lock", mark("%(name)s closed this topic")),
    "closed.disabled": Said("lock-open", mark("%(name)s opened this topic again")),
    "autoclosed.enabled": Said("lock", mark("%(name)s closed this topic after a set time")),
    "autoclosed.disabled": Said("lock-open", mark("%(name)s opened this topic again after a set time")),
    "archived.enabled": Said("archive", mark("%(name)s archived this topic")),
    "archived.disabled": Said("archive", mark("%(name)s took this topic out of the archive")),
    "pinned.enabled": Said("pin", mark("%(name)s pinned this topic")),
    "pinned.disabled": Said("pin", mark("%(name)s unpinned this topic")),
    "pinned_globally.enabled": Said("pin", mark("%(name)s pinned this topic everywhere")),
    "pinned_globally.disabled": Said("pin", mark("%(name)s unpinned this topic everywhere")),
    "visible.enabled": Said("eye", mark("%(name)s listed this topic again")),
    "visible.disabled": Said("eye-off", mark("%(name)s took this topic out of the lists")),
    "banner.enabled": Said("megaphone", mark("%(name)s made this topic a banner")),
    "banner.disabled": Said("megaphone", mark("%(name)s removed this banner")),
    "moderator_remark": Said("shield", mark("%(name)s said as moderator")),
    "split_topic": Said("git-merge", mark("%(name)s moved posts to another topic")),
    "public_topic": Said("eye", mark("%(name)s made this topic public")),
    "invited_user": Said("users", mark("%(name)s invited somebody")),
    "invited_group": Said("users", mark("%(name)s invited a group")),
    "removed_user": Said("users", mark("%(name)s removed somebody")),
    "removed_group": Said("users", mark("%(name)s removed a group")),
    "user_left": Said("log-out", mark("%(name)s left this conversation")),
    "autobumped": Said("arrow-up", mark("%(name)s brought this topic up again")),
    "forwarded": Said("mail", mark("%(name)s forwarded a mail")),
    "tags_changed": Said("tags", mark("%(name)s changed the tags")),
    "category_changed": Said("folder", mark("%(name)s moved this topic to another board")),
    "assigned": Said("user", mark("%(name)s assigned this topic")),
    "unassigned": Said("user", mark("%(name)s took an assignment back")),
}
_OTHER = Said("info", mark("%(name)s changed this topic"))

# How far an idea is.
_STATES: Mapping[str, Said] = {
    "new": Said("lightbulb", mark("Suggested")),
    "discussion": Said("messages-square", mark("Under discussion")),
    "planned": Said("list-checks", mark("Planned")),
    "doing": Said("wrench", mark("Being done")),
    "done": Said("circle-check", mark("Done")),
    "declined": Said("x", mark("Declined")),
    "duplicate": Said("git-merge", mark("Duplicate")),
}

# What became of a reply that stands by.
_STAND_BYS: Mapping[str, Said] = {
    "held": Said("clock", mark("Waits")),
    "published": Said("circle-check", mark("Posted after waiting for members")),
    "cancelled_by_peer": Said("users", mark("A member answered: not needed")),
    "released_by_asker": Said("hand-heart", mark("Posted: who asked was glad of it")),
    "withdrawn": Said("x", mark("Withdrawn")),
    "expired": Said("clock", mark("Its time is over: not posted")),
    "moot": Said("lock", mark("The topic is closed or solved: not posted")),
}

# What let a reply go that stood by.
_SINCE: Mapping[str, str] = {
    "members": mark("posted after waiting for members"),
    "asked": mark("posted because the asker asked"),
    "urgent": mark("posted at once, since it is urgent"),
    "incident": mark("posted at once, since an incident went on"),
}

# By what lists can be narrowed, beside the states of ideas.
_FILTERS: Mapping[str, str] = {
    "unanswered": mark("Unanswered"),
    "no-peer": mark("No member’s reply yet"),
    "unsolved": mark("Unsolved"),
    "solved": mark("Solved"),
    "all": mark("All"),
}

# How a kind's field is called where it is read: its form speaks to the writer.
_FIELDS: Mapping[str, str] = {
    "tried": mark("What was tried"),
    "happened": mark("In short"),
    "learned": mark("What was learned"),
    "gains": mark("Who would gain by it"),
}


def field_labels() -> Mapping[str, str]:
    """Key of a kind's field → its label for readers, where it differs from the form's."""
    return {key: _(words) for key, words in _FIELDS.items()}


def reactions() -> Mapping[str, Said]:
    """Kind → symbol and words, in the order in which they are offered."""
    return {kind: Said(_REACTIONS[kind].icon, _(_REACTIONS[kind].words)) for kind in REACTIONS}


def idea_states() -> Mapping[str, Said]:
    """State of an idea → symbol and words."""
    return {state: Said(said.icon, _(said.words)) for state, said in _STATES.items()}


def idea_state(state: str) -> Said:
    """Symbol and word of one state."""
    return Said(_STATES[state].icon, _(_STATES[state].words))


def filters() -> Mapping[str, str]:
    """Filter of a list → the word on its tab."""
    return {key: _(words) for key, words in _FILTERS.items()} | {
        state: said.words for state, said in idea_states().items()
    }


def stand_by(state: str) -> Said:
    """Symbol and words of a stand-by's state."""
    return Said(_STAND_BYS[state].icon, _(_STAND_BYS[state].words))


def posted_since(kept: str) -> str:
    """What let a reply go that stood by."""
    return _(_SINCE[kept])


def note(action: str) -> Said:
    """What a note says: a sentence with `%(name)s` in it."""
    said = _NOTES.get(action, _OTHER)
    return Said(said.icon, _(said.words))


def rule(key: str) -> str:
    """By which rule a post was taken away, in the reader's language."""
    return title_of(key)
