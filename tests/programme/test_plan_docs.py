"""The page that a physiotherapist reads: its examples are plans, and its tables name every key."""

import re
from pathlib import Path

import pytest

from coreline.data_files import load_vocabulary
from coreline.programme.plan_file import PlanWords, parse_plan
from lives import CATALOGUE, PROGRAMME, START

PAGE = (Path(__file__).parents[2] / "docs" / "plan.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", range(2))
def test_an_example_is_a_plan(number: int) -> None:
    known = PlanWords(PROGRAMME, CATALOGUE, load_vocabulary(), START, "w12")
    plan = parse_plan(EXAMPLES[number], "docs/plan.md", known)
    assert [each.exercise for each in plan.exercises] == ["w12-side-bridge", "w34-superman"]
    assert plan.leave_out == ("w12-pelvic-curl",)
    assert plan.level == "w12"


def test_every_key_is_on_the_page_in_both_languages() -> None:
    words = load_vocabulary()
    for key in (*words.plan_key.values(), *words.plan_exercise_key.values()):
        for word in (key.nl[0], key.en[0]):
            assert re.search(rf"`(\[\[)?{word}(\]\])?`", PAGE), word
