"""Who may do what, and to what: every actor tries every act on every state, and the table below says what comes of it.

`y`: done; `p`: it waits for a peer; `w`: a little later; `x`: allowed, and there is nothing to do; `-`: refused, or not
there for them. What the verb does, the permission table allows, and the queue's SQL shows the same cases.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.moderation import queries as cases
from forum.moderation import subjects
from forum.moderation.models import Case
from forum.permissions import Act, allows
from tests import cast
from tests.machines.proof import PROVE
from tests.moderation.acts import ACTORS, ACTS, TWO, Place, cells, outcome

# In proving every cell is tried; each day one of eleven, spread over all rows and columns.
STRIDE = 1 if PROVE else 11

# Columns: ACTORS in this order: guest, unconfirmed, newcomer, member, regular, author, suspended, reads only, no flags,
# warned; caretaker of the board, of another, of this one once; moderator, staff, host moderator, administrator.
DECLARED = """
flag, plain             | - - y y y - - - - - y y y y y y y
flag, locked            | - - y y y - - - - - y y y y y y y
flag, archived          | - - y y y - - - - - y y y y y y y
flag, hidden            | - - x x x - - - - - x x x x x x x
flag, removed           | - - x x x - - - - - x x x x x x x
flag, host              | - - y y y - - - - - y y y y y y y
flag, heated            | - - y y y - - - - - y y y y y y y
reply, plain            | - - y y y y - - y - y y y y y y y
reply, locked           | - - - - - - - - - - y - - y - y -
reply, archived         | - - - - - - - - - - - - - - - - -
reply, hidden           | - - x x x x - - x - x x x x x x x
reply, removed          | - - x x x x - - x - x x x x x x x
reply, host             | - - y y y y - - y - y y y y y y y
reply, heated           | - - w w w w - - w - y w w y y y w
edit, plain             | - - - - - y - - - - y - - y - y -
edit, locked            | - - - - - y - - - - y - - y - y -
edit, archived          | - - - - - - - - - - - - - - - - -
edit, hidden            | - - - - - y - - - - y - - y - y -
edit, removed           | - - - - - - - - - - y - - y - y -
edit, host              | - - - - - y - - - - y - - y - p -
edit, heated            | - - - - - y - - - - y - - y - y -
keep, plain             | - - - - - - - - - - y - - y - y -
keep, locked            | - - - - - - - - - - y - - y - y -
keep, archived          | - - - - - - - - - - y - - y - y -
keep, hidden            | - - - - - - - - - - y - - y - y -
keep, removed           | - - - - - - - - - - y - - y - y -
keep, host              | - - - - - - - - - - y - - y - p -
keep, heated            | - - - - - - - - - - y - - y - y -
remove, plain           | - - - - - - - - - - y - - y - y -
remove, locked          | - - - - - - - - - - y - - y - y -
remove, archived        | - - - - - - - - - - y - - y - y -
remove, hidden          | - - - - - - - - - - y - - y - y -
remove, removed         | - - - - - - - - - - - - - - - - -
remove, host            | - - - - - - - - - - y - - y - p -
remove, heated          | - - - - - - - - - - y - - y - y -
remove at once, plain   | - - - - - - - - - - y - - y - y -
remove at once, locked  | - - - - - - - - - - y - - y - y -
remove at once, archived| - - - - - - - - - - y - - y - y -
remove at once, hidden  | - - - - - - - - - - y - - y - y -
remove at once, removed | - - - - - - - - - - - - - - - - -
remove at once, host    | - - - - - - - - - - y - - y - p -
remove at once, heated  | - - - - - - - - - - y - - y - y -
hide, plain             | - - - - - - - - - - y - - y - y -
hide, locked            | - - - - - - - - - - y - - y - y -
hide, archived          | - - - - - - - - - - y - - y - y -
hide, hidden            | - - - - - - - - - - x - - x - x -
hide, removed           | - - - - - - - - - - - - - - - - -
hide, host              | - - - - - - - - - - y - - y - p -
hide, heated            | - - - - - - - - - - y - - y - y -
restore, plain          | - - - - - - - - - - x - - x - x -
restore, removed        | - - - - - - - - - - y - - y - y -
show, plain             | - - - - - - - - - - x - - x - x -
show, hidden            | - - - - - - - - - - y - - y - y -
wiki, plain             | - - - - - y - - - - y - - y - y -
wiki, locked            | - - - - - y - - - - y - - y - y -
wiki, archived          | - - - - - - - - - - - - - - - - -
wiki, hidden            | - - - - - - - - - - - - - - - - -
wiki, removed           | - - - - - - - - - - - - - - - - -
wiki, host              | - - - - - y - - - - y - - y - p -
wiki, heated            | - - - - - y - - - - y - - y - y -
lock, plain             | - - - - - - - - - - y - - y - y -
lock, locked            | - - - - - - - - - - y - - y - y -
lock, archived          | - - - - - - - - - - - - - - - - -
lock, hidden            | - - - - - - - - - - y - - y - y -
lock, removed           | - - - - - - - - - - y - - y - y -
lock, host              | - - - - - - - - - - y - - y - p -
lock, heated            | - - - - - - - - - - y - - y - y -
archive, plain          | - - - - - - - - - - y - - y - y -
archive, locked         | - - - - - - - - - - y - - y - y -
archive, archived       | - - - - - - - - - - y - - y - y -
archive, hidden         | - - - - - - - - - - y - - y - y -
archive, removed        | - - - - - - - - - - y - - y - y -
archive, host           | - - - - - - - - - - y - - y - p -
archive, heated         | - - - - - - - - - - y - - y - y -
hold, plain             | - - - - - - - - - - y - - y - y -
hold, locked            | - - - - - - - - - - y - - y - y -
hold, archived          | - - - - - - - - - - - - - - - - -
hold, hidden            | - - - - - - - - - - y - - y - y -
hold, removed           | - - - - - - - - - - y - - y - y -
hold, host              | - - - - - - - - - - y - - y - p -
hold, heated            | - - - - - - - - - - y - - y - y -
slow, plain             | - - - - - - - - - - y - - y - y -
slow, locked            | - - - - - - - - - - y - - y - y -
slow, archived          | - - - - - - - - - - - - - - - - -
slow, hidden            | - - - - - - - - - - y - - y - y -
slow, removed           | - - - - - - - - - - y - - y - y -
slow, host              | - - - - - - - - - - y - - y - p -
slow, heated            | - - - - - - - - - - y - - y - y -
retitle, plain          | - - - - y y - - - - y - - y y y y
retitle, locked         | - - - - - y - - - - y - - y - y -
retitle, archived       | - - - - - - - - - - - - - - - - -
retitle, hidden         | - - - - y y - - - - y - - y y y y
retitle, removed        | - - - - y y - - - - y - - y y y y
retitle, host           | - - - - y y - - - - y - - y p p y
retitle, heated         | - - - - y y - - - - y - - y y y y
move, plain             | - - - - y - - - - - y - - y y y y
move, locked            | - - - - - - - - - - y - - y - y -
move, archived          | - - - - - - - - - - - - - - - - -
move, hidden            | - - - - y - - - - - y - - y y y y
move, removed           | - - - - y - - - - - y - - y y y y
move, host              | - - - - y - - - - - y - - y p p y
move, heated            | - - - - y - - - - - y - - y y y y
merge, plain            | - - - - - - - - - - y - - y - y -
merge, locked           | - - - - - - - - - - y - - y - y -
merge, archived         | - - - - - - - - - - - - - - - - -
merge, hidden           | - - - - - - - - - - y - - y - y -
merge, removed          | - - - - - - - - - - y - - y - y -
merge, host             | - - - - - - - - - - y - - y - p -
merge, heated           | - - - - - - - - - - y - - y - y -
split, plain            | - - - - - - - - - - y - - y - y -
split, locked           | - - - - - - - - - - y - - y - y -
split, archived         | - - - - - - - - - - - - - - - - -
split, hidden           | - - - - - - - - - - x - - x - x -
split, removed          | - - - - - - - - - - x - - x - x -
split, host             | - - - - - - - - - - y - - y - p -
split, heated           | - - - - - - - - - - y - - y - y -
owner, plain            | - - - - - - - - - - y - - y - y -
owner, locked           | - - - - - - - - - - y - - y - y -
owner, archived         | - - - - - - - - - - - - - - - - -
owner, hidden           | - - - - - - - - - - y - - y - y -
owner, removed          | - - - - - - - - - - y - - y - y -
owner, host             | - - - - - - - - - - y - - y - p -
owner, heated           | - - - - - - - - - - y - - y - y -
bulk, plain             | - - - - - - - - - - y - - y - y -
bulk, locked            | - - - - - - - - - - y - - y - y -
bulk, archived          | - - - - - - - - - - - - - - - - -
bulk, hidden            | - - - - - - - - - - y - - y - y -
bulk, removed           | - - - - - - - - - - y - - y - y -
bulk, host              | - - - - - - - - - - y - - y - p -
bulk, heated            | - - - - - - - - - - y - - y - y -
suggest, plain          | - - y y y x - - y - x y y x y x y
suggest, locked         | - - y y y x - - y - x y y x y x y
suggest, archived       | - - - - - - - - - - - - - - - - -
suggest, hidden         | - - - - - - - - - - - - - - - - -
suggest, removed        | - - - - - - - - - - - - - - - - -
suggest, host           | - - y y y x - - y - x y y x y x y
suggest, heated         | - - y y y x - - y - x y y x y x y
accept, plain           | - - - - y y - - - - y - - y y y y
accept, host            | - - - - y y - - - - y - - y p p y
sanction, plain         | - - - - - - - - - - - - - y - y y
sanction, host          | - - - - - - - - - - - - - y - p y
hold member, plain      | - - - - - - - - - - - - - y - y y
hold member, host       | - - - - - - - - - - - - - y - p y
undo, plain             | - - - - - - - - - - y - - y - y -
undo, host              | - - - - - - - - - - y - - y - p -
confirm, host           | - - - - - - - - - - y - - y - - -
appeal, plain           | - - - - - y - - - - - - - - - - -
appeal, host            | - - - - - y - - - - - - - - - - -
answer, plain           | - - - - - - - - - - y - - y - y -
answer, host            | - - - - - - - - - - y - - y p p -
appoint, plain          | - - - - - - - - - - - - - - - - y
"""


def declared() -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for line in filter(None, (line.strip() for line in DECLARED.splitlines())):
        place, _bar, letters = line.partition("|")
        name, _comma, state = place.strip().partition(", ")
        found |= {(name, state, actor): letter for actor, letter in zip(ACTORS, letters.split(), strict=True)}
    return found


@pytest.fixture
def place(session, uncounted, clock) -> Place:
    return Place(session)


def test_what_comes_of_every_act_of_every_actor_on_every_state_is_what_the_table_declares(place):
    table, wrong = declared(), {}
    assert list(table) == list(cells()), "the table has a line for each act and state, in this order"
    for name, state, who in list(table)[::STRIDE]:
        act, on, _states, do = ACTS[name]
        actor = place.actor(who, state)
        found = outcome(place, do, actor, state)
        if found != table[name, state, who]:
            wrong[name, state, who] = found
        if on:
            subject = subjects.load(place.session, on, place.at[state][1 if on == "post" else 0]).row
            allowed = allows(actor, act, subject)
            if found in "ypw" and not allowed:
                wrong[name, state, who] = f"{found}, though the permission table does not allow it"
    assert wrong == {}


def test_the_queue_shows_what_the_table_lets_one_decide_and_nothing_else(place):
    session = place.session
    for who, person in place.people.items():
        actor = cast.actor(session, person)
        shown = set(session.scalars(select(Case.subject_id).where(cases.to_decide(actor), Case.kind == "flagged")))
        for state in TWO:
            post_id = place.at[state][1]
            may = allows(actor, Act.DECIDE, subjects.load(session, "post", post_id).row)
            about = person is not None and person.id in (place.ada.id, place.eve.id)
            assert (post_id in shown) == (may and not about), (who, state)
