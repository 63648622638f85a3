"""The demo community's texts hold together: everybody exists, nobody answers what is not yet said."""

from __future__ import annotations

import re
from collections import Counter
from zoneinfo import available_timezones

from forum.permissions import Role
from tests.demo.community import BOARDS, BY_PLACE, COMMUNITY, PEOPLE, POSTS, QUESTIONS, STAFF, TAGS, TOPICS, Table, load

KINDS = {"question", "discussion", "story", "idea", "event", "announcement", "reference"}
REACTIONS = {"thanks", "helpful", "agree", "worked_for_me", "curious", "celebrate"}
INTENTS = {
    "welcome", "clarify", "connect", "thank", "answer", "official", "correct", "seed", "announce", "personal",
}  # fmt: skip
ROLES = set(Role)
SOFT = {"welcome", "clarify", "connect", "thank"}
FIELDS: dict[str, set[str]] = {
    "question": {"tried"},
    "discussion": set(),
    "story": {"happened", "learned"},
    "idea": {"who_gains"},
    "event": {"starts_in_days", "begins", "place", "time_zone", "places"},
    "announcement": set(),
    "reference": {"review_in_days"},
}
TOPIC_KEYS = {
    "key", "title", "by", "hours_ago", "tags", "pinned", "locked", "wants_org", "fields", "body", "reply",
    "reactions", "intent", "capacity", "role", "votes", "too", "step",
}  # fmt: skip
REPLY_KEYS = {"by", "after_hours", "body", "to", "accepted", "intent", "capacity", "role", "reactions"} | {
    "confirmed_by",
    "doubt",
}
PEER_FIRST_HOURS = 24.0


def prose(text: str) -> str:
    """The text without code and without the targets of links, where an @ is no mention."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return re.sub(r"`[^`]*`|\]\([^)]*\)|https?://\S+", "", text)


def solved(topic: Table) -> bool:
    return any(reply.get("accepted") for reply in topic.get("reply", []))


def test_every_file_belongs_to_a_board_or_to_the_house() -> None:
    expected = {
        "people.toml",
        "organization.toml",
        "boards.toml",
        "gathered.toml",
        "pages.toml",
        "waiting.toml",
        "charter.toml",
        *(f"topics-{board['slug']}.toml" for board in BOARDS),
    }
    assert {path.name for path in COMMUNITY.glob("*.toml")} == expected


def test_people_have_names_that_the_forum_would_take() -> None:
    names = [person["name"] for person in load("people.toml")["person"]]
    assert 32 <= len(names) <= 40
    assert len({name.lower().replace("_", "-") for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{3,20}", name) for name in names)
    for person in PEOPLE.values():
        assert person["display_name"]
        assert person["headline"]
        assert person["location"]
        assert person["about"]


def test_the_house_has_five_staff_two_volunteer_moderators_and_three_newcomers() -> None:
    roles = Counter(person["role"] for person in PEOPLE.values())
    assert roles["staff"] == 4
    assert roles["administrator"] == 1
    assert roles["moderator"] == 2
    assert roles["newcomer"] == 3
    assert set(roles) == {"member", "staff", "moderator", "administrator", "newcomer"}


def test_one_member_one_of_staff_and_the_administrator_can_be_signed_in_as() -> None:
    marked = {person["demo_login"]: person["role"] for person in PEOPLE.values() if "demo_login" in person}
    assert marked == {"member": "member", "staff": "staff", "administrator": "administrator"}


def test_the_organization_says_whose_place_it_is_in_two_sentences() -> None:
    house = load("organization.toml")
    assert house["name"]
    assert house["place"]
    assert house["tagline"]
    assert house["about"]
    assert len(re.findall(r"[.!?](?:\s|$)", house["welcome"])) == 2


def test_eight_boards_in_three_sections_cover_all_seven_kinds() -> None:
    sections = [section["name"] for section in load("boards.toml")["section"]]
    top = [board for board in BOARDS if "parent" not in board]
    below = [board for board in BOARDS if "parent" in board]
    assert len(sections) == 3
    assert {board["section"] for board in BOARDS} == set(sections)
    assert len(top) == 8
    assert {board["kind"] for board in top} == KINDS
    assert [board["parent"] in {above["slug"] for above in top} for board in below] == [True]
    assert len({board["slug"] for board in BOARDS}) == len(BOARDS)
    assert all("\n" not in board["description"] and board["guidance"].strip() for board in BOARDS)
    assert [board["slug"] for board in BOARDS if board.get("rights", "public") == "staff"] == ["back-room"]


def test_every_tag_is_described_and_used() -> None:
    known = {tag["slug"] for tag in TAGS}
    assert len(known) == len(TAGS)
    assert 18 <= len(TAGS) <= 26
    assert all(tag["name"] and tag["description"] for tag in TAGS)
    assert {slug for _, topic in TOPICS for slug in topic["tags"]} == known
    assert {slug for board in BOARDS for slug in board["tags"]} <= known
    assert all(len(topic["tags"]) <= 5 for _, topic in TOPICS)


def test_the_community_is_as_large_as_promised() -> None:
    replies = [post for post in POSTS if post.number > 1]
    assert 58 <= len(TOPICS) <= 64
    assert 260 <= len(replies) <= 340
    assert max(len(topic.get("reply", [])) for _, topic in TOPICS) >= 26


def test_questions_are_solved_unsolved_and_unanswered() -> None:
    answered = [topic for topic in QUESTIONS if topic.get("reply")]
    assert sum(solved(topic) for topic in answered) >= 12
    assert sum(not solved(topic) for topic in answered) >= 8
    assert len(QUESTIONS) - len(answered) >= 5


def test_there_are_four_announcements_three_reference_pages_and_events_before_and_after_today() -> None:
    kinds = Counter(board["kind"] for board, _ in TOPICS)
    assert kinds["announcement"] == 4
    assert kinds["reference"] == 3
    assert all(topic["by"] in STAFF for board, topic in TOPICS if board["kind"] == "announcement")
    starts = [topic["fields"]["starts_in_days"] for board, topic in TOPICS if board["kind"] == "event"]
    assert min(starts) < 0 < max(starts)


def test_topics_spread_over_fourteen_months_and_reach_the_last_hours() -> None:
    ages = sorted(topic["hours_ago"] for _, topic in TOPICS)
    assert ages[0] < 6
    assert 300 * 24 < ages[-1] < 430 * 24
    assert sum(age < 60 * 24 for age in ages) > sum(300 * 24 < age < 360 * 24 for age in ages)


def test_keys_and_titles_are_unique() -> None:
    keys = [topic["key"] for _, topic in TOPICS]
    titles = [topic["title"].casefold() for _, topic in TOPICS]
    assert len(set(keys)) == len(keys)
    assert len(set(titles)) == len(titles)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_a_topic_fills_the_form_of_its_board() -> None:
    for board, topic in TOPICS:
        filled = topic.get("fields", {})
        assert set(topic) <= TOPIC_KEYS, topic["key"]
        assert 5 <= len(topic["title"]) <= 200, topic["key"]
        assert set(filled) == FIELDS[board["kind"]], topic["key"]
        assert "" not in filled.values(), topic["key"]
        assert all(set(reply) <= REPLY_KEYS for reply in topic.get("reply", [])), topic["key"]


def test_events_are_in_time_zones_that_exist() -> None:
    zones = {topic["fields"]["time_zone"] for board, topic in TOPICS if board["kind"] == "event"}
    assert zones <= available_timezones()


def test_events_begin_at_a_time_that_clocks_show() -> None:
    begins = [topic["fields"]["begins"] for board, topic in TOPICS if board["kind"] == "event"]
    assert all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at) for at in begins)


def test_replies_come_in_order_and_answer_what_was_already_there() -> None:
    for _, topic in TOPICS:
        last = 0.0
        for number, reply in enumerate(topic.get("reply", []), start=2):
            assert last < reply["after_hours"] < topic["hours_ago"], f"{topic['key']}/{number}"
            assert 1 <= reply.get("to", 1) < number, f"{topic['key']}/{number}"
            last = reply["after_hours"]


def test_everybody_writes_and_nobody_before_joining() -> None:
    assert {post.by for post in POSTS} == set(PEOPLE)
    too_early = [str(post) for post in POSTS if post.hours_ago > PEOPLE[post.by]["joined_days_ago"] * 24]
    assert too_early == []


def test_every_post_has_a_length_that_the_forum_takes() -> None:
    assert [str(post) for post in POSTS if not 2 <= len(post.body.strip()) <= 32_000] == []


def test_the_staff_board_is_written_and_read_by_staff_alone() -> None:
    inside = [post for post in POSTS if post.board.get("rights") == "staff"]
    assert inside
    for post in inside:
        assert {post.by, *(name for names in post.reactions.values() for name in names)} <= STAFF, str(post)


def test_reactions_are_of_known_kinds_and_by_others() -> None:
    for post in POSTS:
        for kind, names in post.reactions.items():
            assert kind in REACTIONS, str(post)
            assert len(set(names)) == len(names), str(post)
            assert set(names) <= set(PEOPLE) - {post.by}, str(post)


def test_mentions_are_of_people_who_are_here() -> None:
    for post in POSTS:
        assert set(re.findall(r"(?<![\w.])@([A-Za-z0-9_-]+)", prose(post.body))) <= set(PEOPLE), str(post)


def test_votes_are_of_members_once_each_and_staff_say_how_far_an_idea_is_and_why() -> None:
    for _board, topic in TOPICS:
        backers = topic.get("votes", []) + topic.get("too", [])
        assert len(set(backers)) == len(backers), topic["key"]
        assert set(backers) <= set(PEOPLE) - STAFF, topic["key"]
        assert topic["by"] not in topic.get("too", []), topic["key"]
        for step in topic.get("step", []):
            assert step["by"] in STAFF, topic["key"]
            assert step["reason"], topic["key"]


def test_inner_links_lead_to_what_was_already_written() -> None:
    for post in POSTS:
        topics = [f"{key}/1" for key in re.findall(r"\]\(topic:([^)]+)\)", post.body)]
        for place in topics + re.findall(r"\]\(post:([^)]+)\)", post.body):
            assert BY_PLACE[place].hours_ago > post.hours_ago, str(post)


def test_a_quotation_repeats_words_of_the_one_it_names() -> None:
    quotations = [
        quotation for post in POSTS for quotation in re.findall(r"> \[@([\w-]+)\]\(post:([^)]+)\):\n> (.+)", post.body)
    ]
    assert quotations
    for name, place, words in quotations:
        assert BY_PLACE[place].by == name
        assert words in BY_PLACE[place].body


def test_only_staff_wear_a_role_and_always_say_what_they_mean() -> None:
    for post in POSTS:
        if post.by not in STAFF:
            assert not {"intent", "capacity", "role"} & set(post.table), str(post)
            continue
        assert post.table["intent"] in INTENTS, str(post)
        assert post.table["capacity"] in {"official", "personal"}, str(post)
        assert (post.table.get("role") in ROLES) == (post.table["capacity"] == "official"), str(post)


def test_only_announcers_announce_and_the_host_is_not_the_only_one() -> None:
    announced = [post for post in POSTS if post.table.get("intent") == "announce"]
    assert all(post.table["role"] == "announcer" for post in announced)
    assert len({post.by for post in announced}) > 1


def test_staff_speak_in_at_most_fifteen_of_a_hundred_posts() -> None:
    assert sum(post.by in STAFF for post in POSTS) <= 0.15 * len(POSTS)


def speaks_too_early(topic: Table) -> bool:
    """Whether staff gave the first answer to a member's question without having waited or been asked."""
    peer_spoke = bool(topic.get("wants_org"))
    for reply in topic.get("reply", []):
        if reply["by"] not in STAFF:
            peer_spoke = peer_spoke or reply["by"] != topic["by"]
        elif not peer_spoke and reply["intent"] not in SOFT and reply["after_hours"] < PEER_FIRST_HOURS:
            return True
    return False


def test_members_get_the_first_word_on_a_question() -> None:
    assert [topic["key"] for topic in QUESTIONS if speaks_too_early(topic)] == []


def test_only_a_question_has_an_accepted_answer_and_at_most_one() -> None:
    for board, topic in TOPICS:
        accepted = [reply for reply in topic.get("reply", []) if reply.get("accepted")]
        assert len(accepted) <= (1 if board["kind"] == "question" else 0)
        assert all(reply["by"] != topic["by"] for reply in accepted)


def test_only_example_domains_are_named() -> None:
    whole = "\n".join(path.read_text(encoding="utf-8") for path in COMMUNITY.glob("*.toml"))
    hosts = re.findall(r"https?://([^/\s\"')\]]+)", whole)
    assert hosts
    assert all(host == "example.org" or host.endswith((".example.org", ".example")) for host in hosts)
    assert "www." not in whole
    assert not re.search(r"\w@\w+\.\w", whole)
