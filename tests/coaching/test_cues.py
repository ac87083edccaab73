"""The cues that are said aloud."""

import re

import pytest

from coreline.coaching.cues import CueBook, parse_cues
from coreline.data_files import load_cues
from coreline.errors import BadDataError

CUES = load_cues()
ONE = '[[cues]]\nid = "a.b"\npriority = 2\ntext.en = "Up."\ntext.nl = "Omhoog."\n'


def test_every_cue_has_its_priority_and_both_languages() -> None:
    assert len(CUES) == len(set(CUES.ids)) > 0
    for cue in CUES:
        assert 0 <= cue.priority <= 4
        assert re.search(r"[.?]$|in$|over$", cue.text.en), cue.id
        assert not re.search(r"\b(u|uw)\b", cue.text.nl, re.IGNORECASE), cue.id


def test_numbers_are_there_up_to_a_full_set() -> None:
    assert all(f"num.{number:02}" in CUES for number in range(1, 31))


def test_pain_is_said_first_and_names_its_key() -> None:
    assert {cue.priority for cue in CUES if cue.id.startswith("pain.")} == {0}
    assert "press P." in CUES.get("pain.skip").text.en
    assert "druk op P." in CUES.get("pain.skip").text.nl


def test_an_unknown_cue_offers_the_near_one() -> None:
    with pytest.raises(LookupError, match=r'no cue "fix.hip_up" .* did you mean fix.hips_up'):
        CUES.get("fix.hip_up")


def test_cues_keep_the_order_of_their_file() -> None:
    book = parse_cues(ONE + ONE.replace("a.b", "a.a"), "c.toml")
    assert isinstance(book, CueBook)
    assert book.ids == ("a.b", "a.a")


@pytest.mark.parametrize("priority", [0, 4])
def test_priorities_go_from_at_once_to_when_there_is_nothing_else(priority: int) -> None:
    book = parse_cues(ONE.replace("priority = 2", f"priority = {priority}"), "c.toml")
    assert book.get("a.b").priority == priority


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE + ONE, 'c.toml:7: cues[1].id: "a.b" is the id of a cue above too'),
        (
            ONE.replace("priority = 2", "priority = 9"),
            "c.toml:3: cues[0].priority: 9: must be less",
        ),
        (
            ONE.replace("priority = 2", "priority = 5"),
            "c.toml:3: cues[0].priority: 5: must be less",
        ),
        (
            ONE.replace("priority = 2", "priority = -1"),
            "c.toml:3: cues[0].priority: -1: must be greater",
        ),
        (
            ONE.replace("text.nl", "text.de"),
            "c.toml:5: cues[0].text.de: unknown key; allowed here: en",
        ),
        (ONE.replace('text.nl = "Omhoog."\n', ""), "c.toml:4: cues[0].text.nl: missing; add it"),
        (ONE.replace("a.b", "A b"), 'c.toml:2: cues[0].id: "A b": must match pattern'),
        ("", "c.toml:1: cues: missing; add it"),
    ],
)
def test_malformed_cues_name_line_and_key(text: str, said: str) -> None:
    with pytest.raises(BadDataError, match="^" + re.escape(said)):
        parse_cues(text, "c.toml")
