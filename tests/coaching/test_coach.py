"""What the coach says, when, and when it says nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.coaching.coach import Coach, CueRequest, Known, reason_cues
from coreline.data_files import load_cues
from coreline.judging.events import (
    Fault,
    FaultBegan,
    FaultEnded,
    Found,
    Lost,
    NeutralFound,
    Ready,
    Repetition,
    RepetitionEnded,
)
from coreline.programme.rule_values import REASON_CODES
from stick_figure import rules_of

BOOK = load_cues()
PLANKS, RAISES = rules_of("w12-back-bridge"), rules_of("w56-belly-bridge")
SAG, PIKE = (FaultBegan(0.5, 0.0, code) for code in ("sag", "pike"))


def ended(*reasons: str) -> RepetitionEnded:
    repetition = Repetition(
        number=1,
        start_s=0.0,
        top_s=0.8,
        end_s=4.0,
        hold_s=2.2,
        counted=not reasons,
        reasons=reasons,
        peak_deg=0.0,
        bend_mean_deg=0.0,
        bend_worst_deg=0.0,
        knee_min_deg=175.0,
        line_score=100.0,
    )
    return RepetitionEnded(4.0, repetition)


Moment = tuple[float, Sequence[object]]


def said(coach: Coach, moments: Sequence[Moment]) -> list[tuple[float, str]]:
    """Return what is said, and when, of events at their times."""
    return [(t_s, cue) for t_s, events in moments for cue in coach.step(t_s, events)]


# What is said of what


@pytest.mark.parametrize(
    ("event", "cue_id"),
    [
        (SAG, "fix.hips_up"),
        (PIKE, "fix.hips_down"),
        (FaultBegan(0.5, 0.0, "knee_bent"), "fix.knees_straight"),
        (Lost(1.0), "setup.lost"),
        (Found(1.0), "setup.all_good"),
        (CueRequest("hold.start"), "hold.start"),
    ],
)
def test_each_notice_has_its_cue(event: object, cue_id: str) -> None:
    assert Coach(PLANKS, BOOK).step(1.0, [event]) == (cue_id,)


@pytest.mark.parametrize(
    ("reasons", "cue_id"),
    [
        (("too_short",), "fix.hold_longer"),
        (("no_tap",), "fix.tap_ground"),
        (("too_low",), "fix.leg_higher"),
        (("too_high",), "fix.leg_too_high"),
        (("knee_bent",), "fix.knee_straight"),
        (("not_seen",), "setup.whole_body"),
        (("too_short", "no_tap"), "fix.hold_longer"),
        (("too_short", "knee_bent"), "fix.knee_straight"),
    ],
)
def test_a_refused_repetition_is_told_why(reasons: tuple[str, ...], cue_id: str) -> None:
    assert Coach(RAISES, BOOK).step(4.0, [ended(*reasons)]) == (cue_id,)


@pytest.mark.parametrize(
    ("shown", "cue_id"),
    [("sag", "fix.hips_up"), ("pike", "fix.hips_down"), ("knee_bent", "fix.hips_up")],
)
def test_a_broken_line_is_mended_to_the_side_on_which_it_broke(shown: str, cue_id: str) -> None:
    """A line that broke on neither side by name is told what most people need."""
    coach = Coach(RAISES, BOOK)
    coach.step(0.0, [FaultBegan(0.0, 0.0, shown)])
    assert coach.step(9.0, [ended("line_broken")]) == (cue_id,)


def test_of_both_sides_the_last_is_mended_and_none_is_carried_into_the_next_repetition() -> None:
    coach = Coach(RAISES, BOOK)
    coach.step(0.0, [SAG, PIKE])
    assert coach.step(9.0, [ended("line_broken")]) == ("fix.hips_down",)
    assert coach.step(18.0, [ended("line_broken")]) == ("fix.hips_up",)


@pytest.mark.parametrize("reason", REASON_CODES)
def test_every_reason_has_something_to_say(reason: str) -> None:
    assert len(Coach(RAISES, BOOK).step(4.0, [ended(reason)])) == 1


@pytest.mark.parametrize(
    "event",
    [
        Ready(0.0, "left", "left"),
        NeutralFound(0.0, 1.0),
        FaultEnded(1.0, Fault("sag", 0.0, 1.0)),
        FaultBegan(0.5, 0.0, "not_seen"),
    ],
)
def test_of_some_things_nothing_is_said(event: object) -> None:
    assert Coach(PLANKS, BOOK).step(1.0, [event]) == ()


def test_without_news_there_is_silence() -> None:
    coach = Coach(PLANKS, BOOK)
    assert said(coach, [(n / 10.0, []) for n in range(100)]) == []


def test_counted_repetitions_are_counted_aloud_and_refused_ones_are_not_numbers() -> None:
    coach = Coach(RAISES, BOOK)
    events = [ended(), ended(), ended("too_short"), ended()]
    cues = said(coach, [(6.0 * n, [event]) for n, event in enumerate(events)])
    assert [cue for _, cue in cues] == ["num.01", "num.02", "fix.hold_longer", "num.03"]


def test_who_stays_too_low_is_told_what_to_lift() -> None:
    lifted = {"w56-belly-bridge": "fix.leg_higher", "w56-crunch": "fix.shoulders_higher"}
    for exercise_id, cue_id in lifted.items():
        cues = said(Coach(rules_of(exercise_id), BOOK), [(0.0, [ended("too_low")])])
        assert [cue for _, cue in cues] == [cue_id]


def test_beyond_the_words_for_numbers_counting_goes_on_in_silence() -> None:
    coach = Coach(RAISES, BOOK)
    cues = said(coach, [(6.0 * n, [ended()]) for n in range(32)])
    assert [cue for _, cue in cues] == [f"num.{n:02d}" for n in range(1, 31)]


def test_every_cue_the_rules_name_is_in_the_book() -> None:
    for rules in (PLANKS, RAISES, rules_of("w12-belly-bridge")):
        named = [band.low_cue for band in rules.bands] + [band.high_cue for band in rules.bands]
        named += [condition.cue for condition in rules.start.conditions]
        named += reason_cues(rules).values()
        assert all(cue in BOOK for cue in named if cue is not None)


# One at a time, the weightiest first


def test_of_two_the_weightier_is_said() -> None:
    coach = Coach(PLANKS, BOOK)
    assert coach.step(0.0, [CueRequest("hold.halfway"), SAG]) == ("fix.hips_up",)


def test_what_was_just_said_is_not_talked_over_by_its_equal() -> None:
    coach = Coach(PLANKS, BOOK)
    moments = [(0.0, [SAG]), (1.0, [PIKE]), (1.4, [PIKE]), (1.6, [PIKE])]
    assert said(coach, moments) == [(0.0, "fix.hips_up"), (1.6, "fix.hips_down")]


def test_what_matters_more_may_break_in() -> None:
    coach = Coach(PLANKS, BOOK)
    moments: list[Moment] = [
        (0.0, [CueRequest("hold.halfway")]),
        (0.3, [SAG]),
        (0.6, [CueRequest("pain.stop")]),
    ]
    assert [cue for _, cue in said(coach, moments)] == ["hold.halfway", "fix.hips_up", "pain.stop"]


def test_what_matters_less_waits() -> None:
    coach = Coach(PLANKS, BOOK)
    assert said(coach, [(0.0, [SAG]), (0.5, [CueRequest("hold.halfway")])]) == [
        (0.0, "fix.hips_up")
    ]


def test_a_correction_is_not_repeated_within_its_cool_down() -> None:
    coach = Coach(PLANKS, BOOK)
    times = [t_s for t_s, _ in said(coach, [(n / 2.0, [SAG]) for n in range(41)])]
    assert times == [0.0, 5.0, 10.0, 15.0, 20.0]


def test_a_count_and_a_correction_may_come_again_after_their_own_time() -> None:
    coach = Coach(RAISES, BOOK)
    coach.step(0.0, [CueRequest("num.04")])
    assert coach.step(1.4, [CueRequest("num.04")]) == ()
    assert coach.step(1.5, [CueRequest("num.04")]) == ("num.04",)
    coach.step(10.0, [SAG])
    assert coach.step(14.9, [SAG]) == ()
    assert coach.step(15.0, [SAG]) == ("fix.hips_up",)


def test_an_equal_may_speak_after_a_breath() -> None:
    for later_s, heard in ((1.4, ()), (1.5, ("fix.hips_down",))):
        coach = Coach(PLANKS, BOOK)
        coach.step(0.0, [SAG])
        assert coach.step(later_s, [PIKE]) == heard


def test_pictures_that_were_missing_for_a_moment_are_not_spoken_of() -> None:
    coach = Coach(PLANKS, BOOK)
    assert coach.step(0.0, [Lost(0.0), Found(0.0)]) == ()
    assert coach.step(5.0, [Lost(5.0), SAG, Found(5.0)]) == ("fix.hips_up",)
    assert coach.step(15.0, [Lost(15.0)]) == ("setup.lost",)


NOTICES = st.sampled_from(
    [
        SAG,
        PIKE,
        Lost(0.0),
        Found(0.0),
        CueRequest("hold.halfway"),
        CueRequest("pain.stop"),
        ended(),
        None,
    ]
)


@given(
    steps=st.lists(st.tuples(st.floats(0.02, 3.0), st.lists(NOTICES, max_size=3)), max_size=40),
)
def test_whatever_happens_the_rules_of_speech_are_kept(
    steps: list[tuple[float, list[object]]],
) -> None:
    coach = Coach(PLANKS, BOOK)
    t_s, before_s, before = 0.0, -100.0, ""
    last_s: dict[str, float] = {}
    for lapse_s, events in steps:
        t_s += lapse_s
        cues = coach.step(t_s, events)
        assert len(cues) <= 1
        for cue in cues:
            assert t_s - last_s.get(cue, -100.0) >= (5.0 if BOOK.get(cue).priority < 3 else 1.5)
            if t_s - before_s < 1.5:
                assert BOOK.get(cue).priority < BOOK.get(before).priority
            last_s[cue] = before_s = t_s
            before = cue


def test_two_coaches_do_not_share_what_was_said() -> None:
    one, other = Coach(PLANKS, BOOK), Coach(PLANKS, BOOK)
    assert one.step(0.0, [SAG]) == other.step(0.0, [SAG]) == ("fix.hips_up",)


# What may wait, and praise


def test_what_leads_on_waits_for_the_voice_and_keeps_its_order() -> None:
    coach = Coach(PLANKS, BOOK)
    asked = [CueRequest("flow.rest_30", 15.0), CueRequest("flow.other_leg", 15.0)]
    heard = []
    for tenth in range(100):
        t_s = tenth / 10
        speaking = t_s < 2.0 or 2.1 < t_s < 5.0
        events = asked if tenth == 0 else []
        heard += [(t_s, cue) for cue in coach.step(t_s, events, speaking=speaking)]
    assert heard == [(2.0, "flow.rest_30"), (5.0, "flow.other_leg")]


def test_what_has_waited_too_long_is_dropped() -> None:
    coach = Coach(PLANKS, BOOK)
    assert coach.step(0.0, [CueRequest("hold.timer_paused", 3.0)], speaking=True) == ()
    assert coach.step(3.5, []) == ()


def test_what_waits_may_still_be_said_at_its_last_moment_and_after_a_breath() -> None:
    coach = Coach(PLANKS, BOOK)
    coach.step(0.0, [CueRequest("flow.rest_30", 3.0)], speaking=True)
    assert coach.step(3.0, []) == ("flow.rest_30",)
    coach.step(3.0, [CueRequest("flow.other_leg", 9.0)], speaking=True)
    assert coach.step(4.4, []) == ()
    assert coach.step(4.5, []) == ("flow.other_leg",)


def test_what_nobody_waits_for_is_said_before_anything_was() -> None:
    assert Coach(PLANKS, BOOK).step(0.0, [CueRequest("flow.rest_30", 15.0)]) == ("flow.rest_30",)


def test_what_was_announced_counts_as_said() -> None:
    coach = Coach(PLANKS, BOOK)
    assert coach.announce(0.0, "fix.hips_up") == "fix.hips_up"
    assert coach.step(4.0, [SAG]) == ()


def test_a_correction_does_not_wait_for_what_leads_on() -> None:
    coach = Coach(PLANKS, BOOK)
    events = [CueRequest("flow.rest_30", 15.0), SAG]
    assert coach.step(0.0, events, speaking=True) == ("fix.hips_up",)


def test_what_waited_can_be_dropped() -> None:
    coach = Coach(PLANKS, BOOK)
    coach.step(0.0, [CueRequest("flow.rest_30", 15.0)], speaking=True)
    coach.drop_waiting()
    assert coach.step(2.0, []) == ()


def corrected(t_s: float) -> FaultEnded:
    return FaultEnded(t_s, Fault("sag", t_s - 3.0, t_s))


def test_what_was_corrected_after_it_was_said_is_praised_now_and_then() -> None:
    coach = Coach(PLANKS, BOOK)
    moments: list[Moment] = []
    for start_s in (0.0, 10.0, 40.0):
        moments += [(start_s, [SAG]), (start_s + 3.0, [corrected(start_s + 3.0)])]
    praised = [t_s for t_s, cue in said(coach, moments) if cue == "fix.good_now"]
    assert praised == [3.0, 43.0]


@pytest.mark.parametrize(("ended_s", "praised"), [(8.0, True), (8.1, False)])
def test_only_what_is_corrected_within_eight_seconds_was_corrected_for_the_cue(
    ended_s: float, *, praised: bool
) -> None:
    coach = Coach(PLANKS, BOOK)
    coach.step(0.0, [SAG])
    assert coach.step(ended_s, [corrected(ended_s)]) == (("fix.good_now",) if praised else ())


@pytest.mark.parametrize(("after_s", "praised"), [(25.0, True), (24.9, False)])
def test_praise_comes_every_twenty_five_seconds_at_most(after_s: float, *, praised: bool) -> None:
    coach = Coach(PLANKS, BOOK)
    moments: list[Moment] = [(0.0, [SAG]), (3.0, [corrected(3.0)])]
    moments += [(after_s, [SAG]), (3.0 + after_s, [corrected(3.0 + after_s)])]
    heard = [t_s for t_s, cue in said(coach, moments) if cue == "fix.good_now"]
    assert heard == ([3.0, 3.0 + after_s] if praised else [3.0])


def test_turns_are_not_praised_either() -> None:
    coach = Coach(rules_of("adv-log-roll"), BOOK)
    assert coach.step(0.0, [SAG]) == ("fix.straight_line",)
    assert coach.step(3.0, [corrected(3.0)]) == ()


def test_what_nobody_was_told_to_correct_is_not_praised() -> None:
    assert said(Coach(PLANKS, BOOK), [(3.0, [corrected(3.0)])]) == []


def test_a_raise_coming_down_is_not_praised() -> None:
    coach = Coach(RAISES, BOOK)
    assert [cue for _, cue in said(coach, [(0.0, [SAG]), (3.0, [corrected(3.0)])])] == [
        "fix.hips_up"
    ]


def test_a_new_set_counts_anew_and_a_corrected_count_goes_on() -> None:
    coach = Coach(RAISES, BOOK)
    coach.step(0.0, [ended()])
    coach.correct_count(4)
    assert coach.step(5.0, [ended()]) == ("num.05",)
    coach.begin(RAISES)
    assert coach.step(10.0, [ended()]) == ("num.01",)


def test_nobody_is_praised_while_the_clock_stands_still() -> None:
    coach = Coach(PLANKS, BOOK)
    coach.step(0.0, [SAG])
    assert coach.step(3.0, [corrected(3.0)], known=Known(clock_runs=False)) == ()


def test_that_the_clock_runs_again_is_not_said_once_it_has_stopped_again() -> None:
    coach = Coach(PLANKS, BOOK)
    coach.step(
        0.0,
        [CueRequest("hold.timer_resumes", waits_s=3.0)],
        speaking=True,
        known=Known(clock_runs=True),
    )
    assert coach.step(1.0, [], known=Known(clock_runs=False)) == ()
    assert coach.step(2.0, [], known=Known(clock_runs=True)) == ()


def test_over_somebody_who_is_seen_nothing_says_that_nobody_is() -> None:
    coach, seen = Coach(PLANKS, BOOK), Known(somebody=True)
    assert coach.step(1.0, [Lost(1.0)], known=seen) == ()
    assert coach.step(1.1, [Lost(1.1)]) == ("setup.lost",)
    coach.step(10.0, [CueRequest("setup.no_person", waits_s=15.0)], speaking=True)
    assert coach.step(11.0, [], known=seen) == ()
    assert coach.step(12.0, []) == ()
