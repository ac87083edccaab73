import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.costs import Cost, is_linear, steps
from tools.curves import curve, top_of
from tools.page_parts import with_part


def costs(*pairs: tuple[float, float]) -> list[Cost]:
    return [Cost(size, cpu_s, cpu_s, 100.0) for size, cpu_s in pairs]


def test_a_start_that_costs_does_not_hide_what_grows() -> None:
    straight = costs((1, 11.0), (2, 12.0), (10, 20.0))
    assert steps(straight) == [1.0, 1.0]
    assert is_linear(straight)
    assert is_linear(costs((1, 11.0), (2, 12.0), (10, 14.0)))
    assert not is_linear(costs((1, 11.0), (2, 12.0), (10, 40.0)))
    assert is_linear(costs((1, 1.29), (2, 1.33), (5, 1.51))), "what a run differs by is no growth"


@given(st.floats(1e-3, 1e6))
def test_an_axis_ends_at_a_round_number_that_is_not_far_above(value: float) -> None:
    assert value <= top_of(value) <= 2.5 * value


@pytest.mark.parametrize("points", [[(1.0, 0.5)], [(1.0, 3.0), (60.0, 900.0)]])
def test_a_curve_is_a_picture_with_every_point_in_it(points: list[tuple[float, float]]) -> None:
    root = ET.fromstring(curve("seconds & more", "minutes", points))
    circles = [each for each in root.iter() if each.tag.endswith("circle")]
    assert len(circles) == len(points)
    for each in circles:
        assert 0.0 < float(each.attrib["cx"]) < 420.0
        assert 0.0 < float(each.attrib["cy"]) < 240.0


def test_a_part_of_a_page_is_replaced_and_the_others_stay() -> None:
    page = with_part("# Page\n\nText.\n", "## A", "## A\n\none\n")
    page = with_part(page, "## B", "## B\n\ntwo\n")
    assert page == "# Page\n\nText.\n\n## A\n\none\n\n## B\n\ntwo\n"
    assert with_part(page, "## A", "## A\n\nnew\n") == page.replace("one", "new")
    assert with_part(page, "## B", "## B\n\nnew\n") == page.replace("two", "new")
