"""What people type into fields, as they meant it."""

from hypothesis import given
from hypothesis import strategies as st

from forum.core.lines import many_lines, one_line
from forum.core.slugs import slug_of


def test_what_cannot_be_seen_is_left_out():
    assert one_line(" A\x00 \u00a0 bench\n\tand more\x07 ") == "A bench and more"
    assert many_lines("\r\n One\r\nTwo\rThree\x00 \n") == "One\nTwo\nThree"
    assert one_line("e\u0301\ud800") == "é"
    assert one_line("👩\u200d🔧") == "👩\u200d🔧"
    assert one_line("\u202eACME\u202c \u2067wax\u2069\u200e\ufeff\u00ad \u2028now") == "ACME wax now"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert one_line(one_line(text)) == one_line(text)
    assert many_lines(many_lines(text)) == many_lines(text)


@given(st.text(), st.integers(1, 60))
def test_a_slug_is_short_and_stays_the_same(text, longest):
    slug = slug_of(text, longest)
    assert len(slug) <= longest
    assert slug_of(slug, longest) == slug
    assert not slug.startswith("-")
    assert not slug.endswith("-")


def test_a_slug_keeps_letters_of_every_script():
    assert slug_of("Löten & 東京_C++", 60) == "löten-東京-c"
    assert slug_of("Straße", 60) == "strasse"
    assert slug_of("!?", 60) == ""
