"""The person's own readings of one hold: gathered, taken again, and known to the next one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.form import Form
from coreline.judging.neutral import Estimate
from coreline.judging.own_line import OwnLine
from coreline.programme.rules import Judging
from judged_films import forms_of
from stick_figure import Film, Plank, few, film, rules_of

RULES = rules_of("w12-back-bridge")


def line_of(forms: list[Form], earlier: Estimate | None = None, rules: Judging = RULES) -> OwnLine:
    """Return what is known at the end of a hold."""
    line = OwnLine(rules, earlier)
    line.begin(rules)
    for form in forms:
        line.add(form)
    line.take_again()
    return line


def forms(story: Film, fps: float = 15.0) -> list[Form]:
    return forms_of(RULES, story.frames(fps))


def test_before_anything_was_seen_nothing_is_known() -> None:
    line = OwnLine(RULES, None)
    line.begin(RULES)
    assert line.neutral() == {}
    assert not line.is_due(10.0)
    line.take_again()
    assert line.neutral() == {}


@few
@given(bend_deg=st.floats(-10.0, 6.0), fps=st.sampled_from([8.0, 15.0, 30.0, 60.0]))
def test_every_reading_has_the_person_s_own_value(bend_deg: float, fps: float) -> None:
    seen = forms(film((Plank(bend_deg), 0.0, 5.0)), fps)
    line = line_of(seen)
    own = line.neutral()
    assert set(own) == set(seen[0].values)
    assert own["bend"] == pytest.approx(bend_deg, abs=1.0)
    for name in set(own) - set(RULES.neutral):
        assert own[name] == pytest.approx(seen[-1].values[name], abs=0.5)
    assert 0.0 < line.sd_deg < 3.0


def test_of_readings_a_tenth_apart_none_is_passed_over_because_times_tremble() -> None:
    even = forms(film((Plank(0.0), 0.0, 8.0)), 10.0)
    trembling = [
        replace(
            form,
            t_s=form.t_s - 0.001 * (number % 2),
            values={**form.values, "bend": 2.0 if number % 2 else -2.0},
        )
        for number, form in enumerate(even)
    ]
    assert abs(line_of(trembling).neutral()["bend"]) <= 1.0, "half of them alone read -2 degrees"


def test_the_other_readings_are_those_of_the_line_and_not_of_the_fault() -> None:
    """What the trunk does while the hips sag is nothing of the person's own."""
    line = forms(film((Plank(0.0), 0.0, 4.0)))
    both = forms(film((Plank(0.0), 0.0, 4.0), (Plank(20.0), 0.6, 12.0)))
    assert line_of(both).neutral()["trunk"] == pytest.approx(
        line_of(line).neutral()["trunk"], abs=0.5
    )


def test_bent_knees_are_nobody_s_own() -> None:
    bent = forms(film((Plank(0.0, knee_flexion_deg=35.0), 0.0, 6.0)))
    assert line_of(bent).neutral()["knee"] >= RULES.neutral["knee"].low


def test_what_was_not_seen_says_nothing() -> None:
    seen = forms(film((Plank(2.0), 0.0, 4.0)), 10.0)
    mixed = [
        replace(form, seen=False, values={**form.values, "bend": -20.0}) if number % 2 else form
        for number, form in enumerate(seen)
    ]
    line, known = line_of(mixed), line_of(seen[::2])
    assert (line.neutral(), line.sd_deg) == (known.neutral(), known.sd_deg)


def test_more_frames_a_second_make_it_no_surer() -> None:
    story = film((Plank(2.0), 0.0, 4.0))
    few_frames, many = line_of(forms(story, 10.0)), line_of(forms(story, 60.0))
    assert many.sd_deg == pytest.approx(few_frames.sd_deg, rel=0.1)


def test_it_is_taken_again_often_at_first_and_seldom_later() -> None:
    line = OwnLine(RULES, None)
    line.begin(RULES)
    taken: list[float] = []
    for form in forms(film((Plank(0.0), 0.0, 40.0)), 10.0):
        line.add(form)
        if line.is_due(form.t_s):
            line.take_again()
            taken.append(form.t_s)
    early = [t_s for t_s in taken if t_s < 3.0]
    late = [t_s for t_s in taken if t_s >= 20.0]
    assert len(early) >= 10
    assert 5 <= len(late) <= 11


# The next hold


def test_the_next_hold_knows_the_one_before() -> None:
    line = line_of(forms(film((Plank(7.0), 0.0, 8.0))))
    line.end()
    line.begin(RULES)
    for form in forms(film((Plank(-6.0), 0.0, 0.5))):
        line.add(form)
    line.take_again()
    fresh = line_of(forms(film((Plank(-6.0), 0.0, 0.5))))
    assert line.neutral()["bend"] > fresh.neutral()["bend"] + 2.0


def test_of_a_short_hold_nothing_is_kept() -> None:
    for since_s in (0.0, 100.0):
        held = forms(film((Plank(7.0), 0.0, 2.0)))
        line = line_of([replace(each, t_s=each.t_s + since_s) for each in held])
        line.end()
        assert line.earlier is None


@few
@given(bend_deg=st.floats(-10.0, 6.0))
def test_earlier_sets_make_it_surer_from_the_beginning(bend_deg: float) -> None:
    short = forms(film((Plank(bend_deg), 0.0, 0.6)))
    known, unknown = line_of(short, Estimate(bend_deg, 1.5)), line_of(short)
    assert known.sd_deg < unknown.sd_deg
    assert known.neutral()["bend"] == pytest.approx(bend_deg, abs=1.0)


def at(t_s: float, bend_deg: float = 0.0) -> Form:
    (form,) = forms(film((Plank(bend_deg), 0.0, 0.0)))
    return replace(form, t_s=t_s)


@pytest.mark.parametrize(
    ("age_s", "every_s"), [(1.0, 0.2), (2.9, 0.2), (3.6, 0.5), (9.9, 0.5), (12.5, 2.0), (60.0, 2.0)]
)
def test_the_longer_it_is_held_the_seldomer_it_is_taken_again(age_s: float, every_s: float) -> None:
    line = OwnLine(RULES, None)
    line.begin(RULES)
    line.add(at(0.0))
    line.add(at(age_s - every_s))
    line.take_again()
    assert not line.is_due(age_s - 0.02)
    assert line.is_due(age_s)


def test_two_readings_a_tenth_of_a_second_apart_are_two_and_nearer_ones_one() -> None:
    one = line_of([at(0.0)])
    nearer, other = (line_of([at(0.0), at(t_s, 9.0)]) for t_s in (0.085, 0.1))
    assert (nearer.neutral(), nearer.sd_deg) == (one.neutral(), one.sd_deg)
    assert other.sd_deg != one.sd_deg


@pytest.mark.parametrize(("held_s", "is_kept"), [(3.0, False), (3.1, True)])
def test_a_hold_of_more_than_three_seconds_is_known_to_the_next(
    held_s: float, *, is_kept: bool
) -> None:
    line = line_of([at(n * held_s / 20.0, 5.0) for n in range(21)])
    line.end()
    assert (line.earlier is not None) is is_kept
    if line.earlier is not None:
        assert line.earlier == Estimate(line.neutral()["bend"], line.sd_deg)


def test_of_a_line_that_nobody_s_is_known_what_was_seen_is_believed() -> None:
    """Without people's lines in the data it may be anywhere."""
    rules = RULES.model_copy(update={"neutral": {}})
    for bend_deg in (-30.0, 25.0):
        held = [
            replace(at(n / 10.0), values={**at(0.0).values, "bend": bend_deg}) for n in range(60)
        ]
        line = line_of(held, rules=rules)
        assert line.neutral()["bend"] == pytest.approx(bend_deg, abs=0.5)
    one = line_of([replace(at(0.0), values={**at(0.0).values, "bend": 30.0})], rules=rules)
    assert one.sd_deg == pytest.approx(40.0, rel=0.1)


def test_of_somebody_far_from_every_line_the_other_readings_are_their_middle() -> None:
    """None of the readings is of the line that they are judged from, and still they count alike."""
    values = at(0.0).values
    far = [
        replace(at(n / 10.0), values={**values, "bend": 80.0, "trunk": float(n)}) for n in range(21)
    ]
    assert line_of(far).neutral()["trunk"] == 10.0
