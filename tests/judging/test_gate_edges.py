"""When the gate opens, and what it makes of somebody who tries, on forms that are made up.

`test_ready` and `test_entries` show it whole films; here each limit has somebody on either side.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import pytest

from coreline.body.form import Form
from coreline.judging.ready import Place, StartGate, Try, Waiting
from coreline.programme.rules import Judging
from judged_films import forms_of
from stick_figure import BRIDGE, BRIDGE_DOWN, film, rules_of

RULES = rules_of("w12-belly-bridge")
FPS = 10.0


@cache
def lying(*, up: bool) -> Form:
    """Return somebody with the hips up, or on the floor."""
    (found,) = forms_of(RULES, film((BRIDGE if up else BRIDGE_DOWN, 0.0, 0.0)).frames())
    return found


def form(
    t_s: float,
    read: Mapping[str, float] = MappingProxyType({}),
    *,
    up: bool = True,
    seen: bool = True,
) -> Form:
    whole = lying(up=up)
    return replace(whole, t_s=t_s, seen=seen, values={**whole.values, **read})


def asking(hold_s: float) -> Judging:
    return RULES.model_copy(update={"start": RULES.start.model_copy(update={"hold_s": hold_s})})


def opened_s(frames: Iterable[Form], hold_s: float = 1.0) -> float | None:
    """Return when the gate opened."""
    gate = StartGate(asking(hold_s))
    return next((each.t_s for each in frames if gate.step(each)), None)


# Opening


@pytest.mark.parametrize(("still", "opens"), [(True, True), (False, False)])
def test_it_opens_on_a_line_as_still_as_is_asked_for(still: bool, opens: bool) -> None:
    line_deg = lying(up=True).values[RULES.line]
    swing = RULES.start.still_deg + (0.0 if still else 0.1)
    frames = [form(n / FPS, {RULES.line: line_deg - swing * (n % 2)}) for n in range(20)]
    assert (opened_s(frames) is not None) is opens


@pytest.mark.parametrize(("out", "opens"), [(1, True), (3, False)])
def test_in_four_fifths_of_the_frames_somebody_must_be_in_position(
    out: int, *, opens: bool
) -> None:
    frames = [form(n / FPS, up=n % 10 >= out) for n in range(10, 30)]
    assert (opened_s(frames) is not None) is opens


def test_it_takes_four_fifths_of_the_time_every_frame_standing_until_the_next() -> None:
    assert opened_s([form(n / FPS) for n in range(20)], 0.99) == pytest.approx(0.7)
    assert opened_s([form(n / 50.0) for n in range(100)], 0.99) == pytest.approx(0.78)


def test_two_frames_tell_nothing_of_how_still_a_line_is() -> None:
    frames = [form(n / 4.0) for n in range(4)]
    assert opened_s(frames[:2], 0.4) is None
    assert opened_s(frames, 0.55) == 0.5


def test_of_a_line_that_was_not_still_long_ago_nothing_is_held_against_anybody() -> None:
    line_deg = lying(up=True).values[RULES.line]
    moved = [form(n / FPS, {RULES.line: line_deg - 3.0 * RULES.start.still_deg}) for n in range(2)]
    assert opened_s([*moved, *(form(n / FPS) for n in range(2, 20))]) == pytest.approx(1.2)


# Opening in a gap


FREE = next(each for each in RULES.start.conditions if not each.keeps)  # it need not stay true
GONE = {FREE.measure: FREE.min - 1.0}  # out of the position, and kept all the same


def around_a_gap(
    gap_s: float, after: Form, *, seen_s: float = 0.3, unseen: bool = True
) -> list[Form]:
    """Return somebody on the floor, in position for so long, out of sight, and as seen after it."""
    frames = [form(n / FPS, up=n >= 10) for n in range(round(10.0 + seen_s * FPS) + 1)]
    last_s = frames[-1].t_s
    gap = [form(last_s + n / FPS, seen=False) for n in range(1, round(gap_s * FPS))]
    return [*frames, *(gap if unseen else []), replace(after, t_s=last_s + gap_s)]


@pytest.mark.parametrize("unseen", [True, False])
@pytest.mark.parametrize(
    ("gap_s", "opens"), [(0.2, False), (0.6, True), (0.85, True), (1.0, False)]
)
def test_a_gap_that_is_bridged_is_part_of_the_time_for_which_the_position_is_held(
    gap_s: float, *, opens: bool, unseen: bool
) -> None:
    frames = around_a_gap(gap_s, form(0.0), unseen=unseen)
    assert opened_s(frames, 0.8) == (frames[-1].t_s if opens else None)


@pytest.mark.parametrize(("share", "opens"), [(0.9, True), (0.1, False)])
def test_what_was_begun_in_a_gap_began_where_the_straight_way_through_it_had_held_the_position(
    share: float, *, opens: bool
) -> None:
    """Who begins at once is seen in position before the gap, and not any more after it."""
    start = lying(up=True).values[FREE.measure]
    gone = FREE.min - (start - FREE.min) * (1.0 - share) / share
    frames = around_a_gap(0.6, form(0.0, {FREE.measure: gone}), seen_s=0.2)
    assert (opened_s(frames, 0.55) is not None) is opens
    assert opened_s([*frames[:-1], form(frames[-1].t_s, up=False)], 0.55) is None


@pytest.mark.parametrize(("seen_s", "opens"), [(0.1, False), (0.2, True)])
def test_who_was_seen_in_position_twice_before_a_gap_was_not_seen_to_be_still(
    seen_s: float, *, opens: bool
) -> None:
    frames = around_a_gap(0.8, form(0.0), seen_s=seen_s)
    assert (opened_s(frames, 0.6) is not None) is opens


def test_what_is_seen_after_the_gap_in_which_it_opened_is_no_part_of_the_start() -> None:
    gate = StartGate(RULES)
    frames = around_a_gap(0.6, form(0.0, {**GONE, "free": 90.0}), seen_s=0.2)
    assert [gate.step(replace(each, values={"free": 1.0, **each.values})) for each in frames][-1]
    assert [each.t_s for each in gate.history()] == pytest.approx([1.0, 1.1, 1.2])
    assert gate.medians()["free"] == 1.0
    gate.reset()
    assert not gate.step(frames[-1])


# Since when the position was held


def history_of(frames: Iterable[Form]) -> list[float]:
    gate = StartGate(RULES)
    for each in frames:
        gate.step(each)
    return [each.t_s for each in gate.history()]


@pytest.mark.parametrize(("out_s", "first_s"), [(0.3, 0.0), (0.5, 1.5)])
def test_who_was_out_of_it_for_a_moment_held_it_all_the_same(out_s: float, first_s: float) -> None:
    out = (1.0, 1.0 + out_s - 0.05)
    frames = [form(n / FPS, up=not out[0] <= n / FPS < out[1]) for n in range(26)]
    assert history_of(frames)[0] == pytest.approx(first_s)


@pytest.mark.parametrize(("gap_s", "first_s"), [(0.9, 0.0), (1.0, 1.9)])
def test_what_was_before_a_gap_that_is_not_bridged_is_forgotten(
    gap_s: float, first_s: float
) -> None:
    frames = [form(n / FPS) for n in range(10)]
    frames += [form(0.9 + gap_s + n / FPS) for n in range(5)]
    unseen = [form(1.0, seen=False)]
    assert history_of([*frames[:10], *unseen, *frames[10:]])[0] == pytest.approx(first_s)


def test_of_a_long_stay_the_last_three_seconds_are_known() -> None:
    assert history_of(form(n / FPS) for n in range(101)) == pytest.approx(
        [7.0 + n / FPS for n in range(31)]
    )


def test_the_medians_are_of_the_time_that_is_asked_for() -> None:
    gate, asked = StartGate(asking(1.0)), {each.measure for each in RULES.start.conditions}
    free = next(name for name in lying(up=True).values if name not in asked)
    for n in range(40):
        gate.step(form(n / FPS, {free: float(n)}))
    assert gate.medians()[free] == 34.0  # of 29 to 39
    assert [each.t_s for each in gate.recent()] == pytest.approx([2.9 + n / FPS for n in range(11)])


# Trying


def tries(frames: Iterable[Form], hold_s: float = 2.0) -> list[Try]:
    gate, found = StartGate(asking(hold_s)), []
    for each in frames:
        gate.step(each)
        if (over := gate.take_try()) is not None:
            found.append(over)
    return found


def up_for(tried_s: float, then_s: float, again_s: float = 0.0) -> list[Form]:
    """Return the hips up from one second on for so long, down, up and down again."""
    edges_s = (1.0, 1.0 + tried_s, 1.0 + tried_s + then_s, 1.0 + tried_s + then_s + again_s)
    return [
        form(n / 20.0, up=sum(n / 20.0 > edge_s - 0.01 for edge_s in edges_s) % 2 == 1)
        for n in range(round(20.0 * (edges_s[-1] + 1.0)))
    ]


@pytest.mark.parametrize(("tried_s", "is_told"), [(0.3, False), (0.4, True)])
def test_who_is_up_for_a_third_of_a_second_has_tried(tried_s: float, *, is_told: bool) -> None:
    """The last frame of 0.3 s is 0.25 s after the first: that one was passing through."""
    found = tries(up_for(tried_s, 2.0))
    assert [each.reason for each in found] == (["too_short"] if is_told else [])


@pytest.mark.parametrize(("down_s", "number"), [(0.25, 1), (0.45, 2)])
def test_who_was_down_for_a_third_of_a_second_tries_anew(down_s: float, number: int) -> None:
    found = tries(up_for(0.8, down_s, 0.8))
    assert len(found) == number
    assert found[0].start_s == pytest.approx(1.0)
    assert found[-1].end_s == pytest.approx(1.75 + down_s + 0.8)


def test_who_held_it_for_long_enough_but_not_still_was_unsteady() -> None:
    line_deg = lying(up=True).values[RULES.line]
    for up_s, reason in ((1.9, "too_short"), (2.2, "unsteady")):
        restless = [
            replace(each, values={**each.values, RULES.line: line_deg - 20.0 * (n // 3 % 2)})
            if 1.0 <= each.t_s < 1.0 + up_s
            else each
            for n, each in enumerate(up_for(up_s, 1.0))
        ]
        assert [each.reason for each in tries(restless)] == [reason]


def test_what_was_missed_most_is_named_with_its_best_and_the_limit() -> None:
    """Of an entry in which the hips came up to here for most of the time, and to there once."""
    (limit,) = [c for c in RULES.start.conditions if c.measure == "bend" and c.near_max is not None]
    assert limit.near_max is not None
    best_deg, usual_deg = limit.max + 1.0, limit.near_max - 1.0
    frames = [form(n / FPS, {"bend": best_deg if n == 4 else usual_deg}) for n in range(10)]
    frames += [form(n / FPS, up=False) for n in range(10, 20)]
    (found,) = tries(frames)
    assert (found.reason, found.measure, found.seen) == ("too_low", "bend", best_deg)
    assert (found.asked, found.share, found.cue) == (limit.max, 1.0, limit.cue)
    assert (found.start_s, found.end_s) == pytest.approx((0.0, 0.9))


def test_somebody_still_trying_at_the_end_is_answered_once() -> None:
    gate = StartGate(asking(2.0))
    for each in up_for(0.8, 0.0)[:30]:
        gate.step(each)
    assert gate.take_try() is None
    gate.finish()
    over = gate.take_try()
    assert over is not None
    assert over.reason == "too_short"
    gate.finish()
    assert gate.take_try() is None


# Floor and ball


def test_the_place_is_what_most_of_half_a_second_shows() -> None:
    assert RULES.ball is not None
    (seen,) = RULES.ball.conditions
    on_ball = {seen.measure: seen.max - 1.0}
    gate = StartGate(RULES)
    for n in range(10):
        gate.step(form(n / FPS))
    places = []
    for n in range(10, 20):
        gate.step(form(n / FPS, on_ball))
        places.append(gate.place)
    assert places == [Place.FLOOR] * 3 + [Place.BALL] * 7  # four frames of six are most
    gate.step(form(2.0, seen=False))
    assert gate.place is Place.BALL


def test_over_a_ball_a_sag_is_taken_for_as_deep_as_it_is() -> None:
    rules = rules_of("w12-side-bridge")
    assert rules.ball is not None
    read = form(0.0, {"bend": 10.0, "knee": 170.0})
    gate = StartGate(rules)
    assert gate.as_it_is(read) is read
    gate.place = Place.BALL
    there = gate.as_it_is(read)
    assert there.values == {**read.values, "bend": rules.ball.reads_short["bend"].full(10.0)}
    nobody = Form(0.0, False, False, None, {}, None)
    assert gate.as_it_is(nobody) is nobody
    plain = StartGate(RULES)
    plain.place = Place.BALL
    assert plain.as_it_is(read) is read


# What was waited for


def test_the_mean_of_what_was_not_met_goes_by_time() -> None:
    waiting = Waiting()
    (limit, *_) = [c for c in RULES.start.conditions if c.measure == "bend" and c.near_max]
    for lapse_s, bend_deg in ((1.0, 40.0), (3.0, 60.0)):
        waiting.add(lapse_s, form(0.0, {"bend": bend_deg}), [limit], Place.BALL)
    waiting.add(4.0, form(0.0), [], Place.BALL)
    waiting.add(2.0, None, [], Place.BALL)
    (unmet,) = waiting.unmet()
    assert (unmet.seconds, unmet.seen, unmet.asked) == pytest.approx((4.0, 55.0, limit.max))
    assert unmet.share == pytest.approx(0.4)
    assert (waiting.waited_s, waiting.unseen_s, waiting.place) == (10.0, 2.0, Place.BALL)
