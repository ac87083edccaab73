"""The same sessions have the same numbers in every output."""

from collections.abc import Iterator

import pytest

from coreline.programme.marks import Mark, marked_days
from coreline.programme.progress import Filters, history
from same_numbers import Compared, compare
from ten_sessions import ANNA, CATALOGUE, PROGRAMME, START, STORIES, Kept, day_of, kept_sessions


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with kept_sessions(tmp_path_factory.mktemp("ten")) as found:
        yield found


@pytest.fixture(scope="module")
def compared(kept: Kept) -> list[Compared]:
    return list(compare(kept))


def test_every_output_has_the_same_numbers(compared: list[Compared]) -> None:
    assert [each for each in compared if not each.agrees] == []


@pytest.mark.parametrize("story", [each.name for each in STORIES])
def test_each_number_is_in_several_outputs(compared: list[Compared], story: str) -> None:
    said = [each.said for each in compared if each.session == story]
    together = set().union(*said)
    assert together == {"page", "journal", "history", "report", "weeks", "table", "json", "fhir"}
    assert sum(len(each) > 1 for each in said) > 0.7 * len(said)


def of(compared: list[Compared], story: str, what: str) -> float | str | None:
    (found,) = [each for each in compared if (each.session, each.what) == (story, what)]
    return next(iter(found.said.values()))


def test_25_short_bridges_are_told_as_what_they_are(compared: list[Compared]) -> None:
    story, key = "wrong exercise", "w12-belly-bridge set 1"
    assert of(compared, story, f"{key} done") == 0.0
    assert of(compared, story, f"{key} let go") == 25.0
    assert of(compared, story, f"{key} score") is None
    assert of(compared, story, f"{key} no score") == "nothing"
    assert of(compared, story, "w12-belly-bridge score") is None


def test_every_day_has_what_became_of_it(kept: Kept) -> None:
    """A failed start is no session: its day is missed, as the one on which nobody came."""
    life = kept.journal.life(ANNA.id)
    last = len(STORIES) + 4
    found = history(PROGRAMME, CATALOGUE, life, day_of(last), Filters(START, day_of(last)))
    marked = marked_days(found, life, PROGRAMME.pain.rules, day_of(last))
    expected = [Mark.PART] * (len(STORIES) - 1) + [Mark.DONE]  # the last did the whole plan
    expected += [Mark.MISSED, Mark.REST, Mark.REST, Mark.MISSED, Mark.OPEN]
    assert [each.mark for each in marked] == expected
    sessions = kept.journal.sessions(ANNA.id)
    assert len(sessions) == len(STORIES)
    assert sessions[-1].id == kept.sessions[STORIES[-1].name][0]
