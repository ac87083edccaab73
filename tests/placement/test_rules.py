"""The numbers of the set-up check, and what becomes of a mistake in them."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_catalogue, load_placement
from coreline.errors import BadDataError
from coreline.placement.rules import Least, Most, parse_placement

TEXT = (files("coreline") / "placement" / "placement.toml").read_text(encoding="utf-8")
VALUES = st.floats(-100.0, 100.0)


def test_every_exercise_has_its_room() -> None:
    assert set(load_placement().rooms) == {each.id for each in load_catalogue()}


def test_an_exercise_of_ones_own_has_the_usual_room() -> None:
    rules = load_placement()
    assert rules.room_of("my-own") == rules.room


@given(accept=VALUES, slack=st.floats(0.0, 50.0), value=VALUES)
def test_what_was_accepted_stays_so_a_little_longer(
    accept: float, slack: float, value: float
) -> None:
    for limit in (
        Least(accept=accept, refuse=accept - slack),
        Most(accept=accept, refuse=accept + slack),
    ):
        assert limit.met(value, before=True) or not limit.met(value, before=False)
    assert Least(accept=accept, refuse=accept - slack).met(accept, before=False)
    assert not Most(accept=accept, refuse=accept + slack).met(accept + slack + 1.0, before=True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("glare = 160", "glary = 160", "light.glary: unknown key; did you mean glare?"),
        ("window_s = 1.0 ", 'window_s = "1" ', "timing.window_s: "),
        ("hfov_deg = 65", "hfov_deg = 300", "lens.hfov_deg: "),
        (
            "margin = { accept = 0.05, refuse = 0.03 }",
            "margin = { accept = 0.03, refuse = 0.05 }",
            "body.margin: refuse must not be above accept",
        ),
        (
            "yaw = { accept = 15, refuse = 15 }",
            "yaw = { accept = 15, refuse = 14 }",
            "angle.yaw: refuse must not be below accept",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(BadDataError, match=rf"^p\.toml:\d+: {re.escape(said)}"):
        parse_placement(TEXT.replace(old, new), "p.toml")


@pytest.mark.parametrize("factor", ["1", "10"])
def test_a_body_may_count_as_finely_as_the_sheets_or_ten_times_as_coarsely(factor: str) -> None:
    rules = parse_placement(with_coarse_factor(factor), "p.toml")
    assert rules.moved.coarse_factor == float(factor)


@pytest.mark.parametrize("factor", ["0.99", "10.01"])
def test_a_body_counts_neither_more_finely_than_the_sheets_nor_for_nothing(factor: str) -> None:
    with pytest.raises(BadDataError, match=r"^p\.toml:\d+: moved\.coarse_factor: "):
        parse_placement(with_coarse_factor(factor), "p.toml")


def with_coarse_factor(factor: str) -> str:
    """Return the numbers with another allowance for a camera that a body was found by."""
    old = "coarse_factor = 2.5"
    assert old in TEXT
    return TEXT.replace(old, f"coarse_factor = {factor}")
