"""What `coreline analyze` prints of a set: what was done, what was not and why, how sure it is."""

from coreline.commands.set_summary import summary_lines
from coreline.judging.events import Fault, Hold
from coreline.judging.ready import Try, Unmet
from coreline.placement.view import SetVisibility
from report_records import CATALOGUE, PLANK, RAISES, a_hold, a_roll, an_analysis, changed, recorded

TRIED = Hold(12.0, 12.6, 0.0, None, None, 1.0, None, (), ("too_low",))


def test_a_hold_is_told_in_order() -> None:
    lines = summary_lines(recorded(PLANK), CATALOGUE.get(PLANK))
    assert lines[0] == "w12-back-bridge: w12-back-bridge.mp4, seen 100% of the time"
    assert lines[1].startswith("  hold at ")
    assert lines[2].startswith("  hips too low: 10.")
    assert lines[-1].startswith("  your own line: ")
    assert "sure to" in lines[-1]
    assert not any("camera" in line or "Tried" in line for line in lines)


def test_a_hold_is_told_in_dutch() -> None:
    lines = summary_lines(recorded(PLANK), CATALOGUE.get(PLANK), "nl")
    assert lines[0] == "w12-back-bridge: w12-back-bridge.mp4, 100% van de tijd te zien"
    assert lines[1].startswith("  vastgehouden op ")
    assert lines[2].startswith("  heupen te laag: 10,")
    assert "zeker tot op" in lines[-1]


def test_turns_are_told_with_their_reasons() -> None:
    roll = a_roll()
    lines = summary_lines(roll, CATALOGUE.get(roll.record.exercise_id))
    assert "  rotation at 2.0 s: counted" in lines
    assert "  rotation at 9.0 s: refused: same direction as the last one, too fast" in lines
    assert not any("nothing counted" in line for line in lines)


def test_where_nothing_is_known_of_the_waiting_it_is_said_that_nothing_counted() -> None:
    lines = summary_lines(an_analysis(RAISES), CATALOGUE.get(RAISES))
    assert lines[1:] == ["  nothing counted: the start position was never held"]


def test_a_recording_of_too_few_pictures_is_said_to_be_one() -> None:
    slow = Fault("too_few_pictures", 0.0, 30.0)
    lines = summary_lines(an_analysis(RAISES, faults=(slow,)), CATALOGUE.get(RAISES))
    assert lines[1] == "  too few pictures: 0.0 to 30.0 s"
    assert lines[2].startswith("  For 30.0\u00a0s fewer than 8 pictures a second came")
    assert len(lines) == 3


def test_a_try_is_told_once_with_what_it_lacked() -> None:
    tried = Try(12.0, 12.6, "too_low", "over", 7.1, 10.0, 0.9, "fix.hips_up")
    unmet = Unmet("over", 8.3, 0.83, 7.1, 10.0, "fix.hips_up")
    analysis = an_analysis(PLANK, holds=(TRIED,), tries=(tried,), waited_s=10.0, unmet=(unmet,))
    text = "\n".join(summary_lines(analysis, CATALOGUE.get(PLANK)))
    assert text.count("Tried without getting there: at 0:12 not high enough (the height of") == 1
    assert text.count("The position was never held: the height of") == 1
    assert "attempt at" not in text
    held = changed(analysis, tries=(), waited_s=0.0, unmet=(), holds=(TRIED, a_hold(20.0, 50.0)))
    lines = summary_lines(held, CATALOGUE.get(PLANK))
    assert lines[1] == "  attempt at 12.0 s: 0.6 s, no hold: not high enough"
    assert lines[2] == "  hold at 20.0 s: 24.0 of 30.0 s in line"


def test_what_hindered_comes_last_with_what_it_makes_of_it() -> None:
    view = SetVisibility(yaw_deg=30.0, width_share=0.3, leg_behind=True)
    lines = summary_lines(an_analysis(RAISES, view=view), CATALOGUE.get(RAISES))
    assert [line.split()[:3] for line in lines[-4:-1]] == [
        ["The", "camera", "stood"],
        ["You", "filled", "30"],
        ["The", "leg", "that"],
    ]
    assert lines[-1] == "  Seen as it was, that becomes: an indication."
