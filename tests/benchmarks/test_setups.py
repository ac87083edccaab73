"""Bad set-ups, played by the benchmark: what to do is heard in time, and one can go on."""

import pytest
from setups import AIM_S, NOBODY, PAGE, SET_UPS, USUAL, rows

EXERCISE = "w56-belly-bridge"


@pytest.mark.parametrize("name", ["too close, feet cut off", "two people", *NOBODY])
def test_what_to_do_is_heard_in_time_and_both_answers_go_on(name: str) -> None:
    came = rows([EXERCISE], "nl", {name: SET_UPS[name]})[name][EXERCISE]
    assert came.first is not None
    assert came.first[0] <= AIM_S
    assert came.wait_s <= AIM_S
    assert came.key_s is not None
    assert (came.hand_s is not None) is (name not in NOBODY)


def test_the_page_has_every_set_up() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"| {name} |" in text for name in SET_UPS)
    assert len(USUAL) == 4
