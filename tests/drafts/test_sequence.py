"""No interleaving of tabs loses a text: a machine of tabs that open, type, keep, publish and throw away."""

from __future__ import annotations

import itertools

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from forum.drafts.sequence import Attempt, Standing, Verdict, judge

counter = itertools.count(1)


class Tab:
    """An editor in a tab, with or without scripts."""

    def __init__(self, name, stamp, text, scripted):
        self.name, self.stamp, self.text, self.scripted = name, stamp, text, scripted
        self.seen = text  # the kept text that whoever sits here has before their eyes
        self.tick = 0


class Tabs(RuleBasedStateMachine):
    """`kept` is the one draft of the place. `settled` are texts that somebody published, threw away or replaced knowing
    them. A text that a tab was told is kept must stand in one of the two, or still in a tab."""

    tabs = Bundle("tabs")
    late = Bundle("late")

    def __init__(self):
        super().__init__()
        self.kept = None  # (id, sequence, tab, tick, text)
        self.open = []
        self.promised = set()
        self.settled = set()

    def stamp(self):
        return f"{self.kept[0]}.{self.kept[1]}"

    @rule(target=tabs, scripted=st.booleans())
    def opens(self, scripted):
        text = self.kept[4] if self.kept else ""
        tab = Tab(f"tab{next(counter)}", self.stamp() if self.kept else "", text, scripted)
        self.open.append(tab)
        return tab

    @rule(tab=tabs)
    def types(self, tab):
        tab.text = f"{tab.text} word{next(counter)}".strip()

    def attempt(self, tab):
        tab.tick += 1
        return Attempt(tab.stamp, tab.name if tab.scripted else "", tab.tick if tab.scripted else None)

    def arrive(self, tab, attempt, text, *, answered=True):
        """What the verb does, and what the tab hears of it."""
        if not text:
            return
        standing = Standing(self.stamp(), self.kept[2], self.kept[3]) if self.kept else None
        verdict = judge(standing, attempt)
        if verdict in (Verdict.STALE, Verdict.GONE):
            return
        if verdict is Verdict.NEW:
            self.kept = (next(counter), 0, "", 0, "")
        if verdict is not Verdict.OLDER and text != self.kept[4]:
            if self.kept[4]:
                # Only who has seen it, or wrote it, replaces it.
                assert self.kept[4] == tab.seen or self.kept[2] == tab.name
                self.settled.add(self.kept[4])
            self.kept = (self.kept[0], self.kept[1] + 1, attempt.tab, attempt.tick or 0, text)
        self.promised.add(text)
        if verdict is Verdict.OLDER:
            self.settled.add(text)  # the same form has kept what came after it
        if answered:
            tab.stamp = self.stamp()
            tab.seen = self.kept[4]

    @rule(tab=tabs)
    def keeps(self, tab):
        self.arrive(tab, self.attempt(tab), tab.text)

    @rule(target=late, tab=tabs)
    def keeps_on_a_slow_line(self, tab):
        return tab, self.attempt(tab), tab.text

    @rule(sent=consumes(late))
    def arrives_late_and_nobody_hears(self, sent):
        tab, attempt, text = sent
        if tab.scripted:  # without scripts one waits for the answer
            self.arrive(tab, attempt, text, answered=False)

    @rule(tab=tabs)
    def takes_the_other_text(self, tab):
        if self.kept:
            tab.stamp, tab.text, tab.seen = self.stamp(), self.kept[4], self.kept[4]

    @rule(tab=tabs)
    def publishes(self, tab):
        self.settled.add(tab.text)
        if self.kept and (self.stamp() == tab.stamp or (tab.scripted and self.kept[2] == tab.name)):
            assert self.kept[4] == tab.seen or self.kept[2] == tab.name
            self.settled.add(self.kept[4])
            self.kept = None

    @rule()
    def throws_away(self):
        if self.kept:
            self.settled.add(self.kept[4])
            self.kept = None

    @invariant()
    def nothing_that_was_promised_is_lost(self):
        there = self.settled | ({self.kept[4]} if self.kept else set())
        assert self.promised <= there


TestTabs = Tabs.TestCase
TestTabs.settings = settings(max_examples=150, stateful_step_count=40)


def test_a_tab_replaces_what_it_has_seen_and_nothing_else():
    kept = Standing("7.3", "one", 100)
    assert judge(None, Attempt("")) is Verdict.NEW
    assert judge(None, Attempt("7.3")) is Verdict.GONE
    assert judge(kept, Attempt("7.3")) is Verdict.NEXT
    assert judge(kept, Attempt("")) is Verdict.STALE
    assert judge(kept, Attempt("7.2", "two", 900)) is Verdict.STALE
    assert judge(kept, Attempt("7.2", "one", 101)) is Verdict.NEXT
    assert judge(kept, Attempt("7.2", "one", 99)) is Verdict.OLDER
    assert judge(kept, Attempt("7.2", "one", None)) is Verdict.STALE
    assert judge(kept, Attempt("6.3", "", 200)) is Verdict.STALE
