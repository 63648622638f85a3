"""What the lines of a scorecard are called and mean, section by section in the order of the page. Tables, said when
shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.organization import charter_words
from forum.organization.charter import Kind
from forum.scorecard.elsewhere import PROMISES


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence that says what it means, and its lines."""

    key: str
    title: str
    means: str
    lines: Sequence[str]


SECTIONS: Sequence[Section] = (
    Section(
        "voice",
        mark("Whose voice is heard"),
        mark(
            "Where the host talks most, members talk less. So there is a ceiling, and it comes down as a board grows."
        ),
        ("share_of_voice", "word_share", "staff_started", "housekeeping"),
    ),
    Section(
        "first",
        mark("Who answers"),
        mark("Members have the first word: the organization waits for them, and steps in when nobody comes."),
        ("peer_answer_rate", "staff_first_rate", "peer_first_breaches", "peer_first_overrides"),
    ),
    Section(
        "waiting",
        mark("How long people wait"),
        mark("The time after which half of the topics had a reply. Those that still wait are counted, too."),
        ("first_human_reply", "first_peer_reply", "first_staff_reply", "naive_first_reply"),
    ),
    Section(
        "newcomers",
        mark("How newcomers fare"),
        mark("Whoever is new and hears nothing rarely comes back."),
        (
            "newcomer_first_reply",
            "newcomer_return_after_peer",
            "newcomer_return_after_staff",
            "newcomer_return_unanswered",
        ),
    ),
    Section(
        "network",
        mark("Who talks with whom"),
        mark("A community lives when members talk with each other, and when it does not hang on a few of them."),
        ("hub_share", "reciprocity", "absence_factor", "top_share", "gini", "herfindahl"),
    ),
    Section(
        "promises",
        mark("Whether it keeps its word"),
        mark(
            "What the charter promises, what was said officially, and what somebody said the organization will do."
            " What is not due yet is not counted."
        ),
        (
            *PROMISES,
            "kept_shifts",
            "pledges_open",
            "pledges_late",
            "pledges_kept",
            "pledges_kept_late",
            "pledges_withdrawn",
            "official_overdue",
        ),
    ),
    Section(
        "restraint",
        mark("How it held itself back"),
        mark("Announcements and pins have a budget. Whoever passes over a limit gives a reason, in public."),
        ("announcements", "pins", "overrides", "urgent_marks", "incidents", "incident_hours"),
    ),
    Section(
        "recognition",
        mark("Whom it thanks"),
        mark("Thanks are worth something when they do not always go to the same people."),
        ("recognized_anew", "recognized_beyond_top", "written_with_perks"),
    ),
    Section(
        "moderation",
        mark("What was moderated"),
        mark("What was taken away or held back by somebody other than its author."),
        ("posts_removed", "posts_held", "reports_made", "reports_closed", "appeals"),
    ),
)

_LINES: Mapping[str, tuple[str, str]] = {
    "share_of_voice": (
        mark("The organization’s share of the contributions"),
        mark("Topics and replies by its people and automated accounts, of all."),
    ),
    "word_share": (
        mark("The same in words"),
        mark("Of a contribution at most 300 words count: what is longer is not a louder voice."),
    ),
    "staff_started": (mark("Topics that it began"), mark("Of all topics of these four weeks.")),
    "housekeeping": (
        mark("Replies that only moderate"),
        mark("Of all that it wrote. They remind of the rules or tidy up, and count in none of the other figures."),
    ),
    "peer_answer_rate": (
        mark("Topics that members answered"),
        mark("Of members’ topics from one to five weeks old, those to which another member replied within a week."),
    ),
    "staff_first_rate": (
        mark("Topics in which the organization answered first"),
        mark("Of the same topics, as far as anybody answered. A welcome or a question back does not count."),
    ),
    "peer_first_breaches": (
        mark("Answers that did not wait for members"),
        mark("Of its answers in members’ topics, those that came while members still had the first word."),
    ),
    "peer_first_overrides": (
        mark("Answers that did not wait, with a reason given"),
        mark("The same, where it said in public why it could not wait."),
    ),
    "first_human_reply": (mark("A first reply by anybody"), mark("Half of the topics had one after this time.")),
    "first_peer_reply": (mark("A first reply by a member"), mark("Whatever the organization did.")),
    "first_staff_reply": (mark("A first reply by the organization"), mark("Whatever members did.")),
    "naive_first_reply": (
        mark("Flattering: counted over answered topics only"),
        mark("How it is often told. It leaves out everybody who still waits, and so it looks better than it is."),
    ),
    "newcomer_first_reply": (
        mark("Newcomers who had a reply within a day"),
        mark("Of those whose first topic is a day old, or was answered sooner."),
    ),
    "newcomer_return_after_peer": (
        mark("Came back after a member replied first"),
        mark("Newcomers who wrote again within four weeks."),
    ),
    "newcomer_return_after_staff": (
        mark("Came back after the organization replied first"),
        mark("Newcomers who wrote again within four weeks."),
    ),
    "newcomer_return_unanswered": (
        mark("Came back although nobody replied"),
        mark("Newcomers who wrote again within four weeks."),
    ),
    "hub_share": (
        mark("Conversations that go through the organization"),
        mark("Of all pairs of people of whom one replied to the other, those with its people in them."),
    ),
    "reciprocity": (mark("Replies that were returned"), mark("Of these pairs, those in which both replied.")),
    "absence_factor": (
        mark("Members who carry half of it"),
        mark("With so few away, half of what members write would be missing. More is better."),
    ),
    "top_share": (mark("The busiest member’s part"), mark("Of all that members wrote.")),
    "gini": (mark("Unevenness (Gini)"), mark("0: everybody wrote as much; near 1: one wrote nearly all.")),
    "herfindahl": (mark("Concentration (Herfindahl)"), mark("0: very many wrote little each; 1: one wrote all.")),
    "kept_shifts": (mark("Shifts that were kept"), mark("Hours in which somebody should have been there, and was.")),
    "pledges_open": (mark("Pledges still open"), mark("Said to be done by a day that has not come.")),
    "pledges_late": (mark("Pledges that are late"), mark("Their day is over, and it is not done.")),
    "pledges_kept": (mark("Pledges kept in time"), mark("Of those due in these four weeks or later.")),
    "pledges_kept_late": (mark("Pledges kept, but late"), mark("Done after their day.")),
    "pledges_withdrawn": (mark("Pledges withdrawn"), mark("It will not be done, and the reason stands beside it.")),
    "official_overdue": (
        mark("Official answers to be looked at again"),
        mark("Of those in force, those whose day for that is over."),
    ),
    "announcements": (mark("Announcements"), mark("In four weeks; each board has its own budget.")),
    "pins": (mark("Topics that it keeps at the top"), mark("On that Monday; each board has room for a few.")),
    "overrides": (
        mark("Contributions that passed over a limit"),
        mark("Each with its reason, in public. From one in ten on something has to be decided."),
    ),
    "urgent_marks": (mark("Topics called urgent"), mark("Where nobody had to wait. Whoever replies cannot say so.")),
    "incidents": (mark("Incidents"), mark("While one was on the limits were off, and a banner said so.")),
    "incident_hours": (mark("Hours of incidents"), mark("Begun ones count as whole ones.")),
    "recognized_anew": (mark("Thanks to somebody new"), mark("Who had not been thanked for half a year.")),
    "recognized_beyond_top": (
        mark("Thanks beyond the busiest"),
        mark("To members who are not among the tenth that writes the most."),
    ),
    "written_with_perks": (
        mark("Written by members with perks"),
        mark("They have something from the organization, and their profile says so."),
    ),
    "posts_removed": (mark("Contributions taken away"), mark("By somebody other than who wrote them.")),
    "posts_held": (mark("Contributions held back"), mark("Hidden until somebody has looked at them.")),
    "reports_made": (mark("Private messages reported"), mark("By one of those who could read them.")),
    "reports_closed": (mark("Such reports seen to"), mark("By a moderator.")),
    "appeals": (mark("Objections"), mark("Against a decision of the moderators.")),
}


def title(name: str) -> str:
    """What a line is called."""
    if name in PROMISES:
        return charter_words.kind(_kind(name))
    return _(_LINES[name][0]) if name in _LINES else name.replace("_", " ")


def meaning(name: str) -> str:
    """What it says, in a sentence."""
    if name in PROMISES:
        return charter_words.promise(_kind(name))
    return _(_LINES[name][1]) if name in _LINES else ""


def section_title(section: Section) -> str:
    """Its heading."""
    return _(section.title)


def section_means(section: Section) -> str:
    """What it means."""
    return _(section.means)


def _kind(name: str) -> Kind:
    return Kind(name.removeprefix("promise_"))
