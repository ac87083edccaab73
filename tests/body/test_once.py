"""What several ask for alike is worked out once, and is the same as each would have got alone."""

from dataclasses import replace

from coreline.body.form import Form, FormPlan, FormTracker
from coreline.body.measures import Side
from coreline.body.once import Once
from coreline.body.pose import Pose
from coreline.body.steady import Steady
from coreline.files.recordings import load_trace
from coreline.judging.judge import plan_of
from judged_recordings import RECORDINGS
from mixed_up import other_way_round
from stick_figure import PLANK, PLANK_DOWN, Timed, film, rules_of


def test_the_same_is_worked_out_once() -> None:
    asked: list[tuple[int, str]] = []

    def work(number: int, name: str) -> list[str]:
        asked.append((number, name))
        return [name] * number

    once = Once()
    first = once.of(work, 2, "hip")
    assert first == ["hip", "hip"]
    assert once.of(work, 2, "hip") is first
    assert once.of(work, 2, "knee") == ["knee", "knee"]
    assert asked == [(2, "hip"), (2, "knee")]
    assert Once().of(work, 2, "hip") is not first


def test_what_came_to_nothing_is_not_tried_again() -> None:
    asked: list[str] = []
    once = Once()
    for _ in range(2):
        assert once.of(asked.append, "hip") is None
    assert asked == ["hip"]


def test_who_follows_the_same_body_gets_the_same_corrected_pose() -> None:
    first, second = Steady(), Steady()
    for t_s, pose in film((PLANK_DOWN, 0.0, 0.5), (PLANK, 0.6, 1.0)).frames():
        once = Once()
        leapt = _leapt(pose, t_s)
        assert first.step(leapt, once) is second.step(leapt, once)


def test_who_came_later_is_not_given_what_others_know() -> None:
    (_, before), (t_s, now) = film((PLANK, 0.0, 1.0)).frames(10.0)[3:5]
    leapt = _leapt(now, t_s)
    assert leapt is not now
    knowing, new, once = Steady(), Steady(), Once()
    knowing.step(before)
    corrected = knowing.step(leapt, once)
    assert corrected is not leapt
    assert new.step(leapt, once) is leapt


def test_forms_are_the_same_shared_or_alone() -> None:
    """Also of trackers that were locked at other moments, and saw the body the other way round."""
    mixed_up = [
        (t_s, other_way_round(pose) if pose and 2.0 <= t_s <= 2.3 else _leapt(pose, t_s))
        for t_s, pose in load_trace(RECORDINGS / "w12-side-bridge.landmarks.npz")
        if t_s <= 4.0
    ]
    side, other = rules_of("w12-side-bridge"), rules_of("w34-side-bridge")
    plans = [
        plan_of(side, None, on_side=True),
        plan_of(other, None, on_side=True),
        plan_of(side, Side.RIGHT, on_side=False, far=True),
        plan_of(rules_of("w34-back-bridge"), None, on_side=False),
    ]
    assert _forms(mixed_up, plans, shared=True) == _forms(mixed_up, plans, shared=False)


def _forms(frames: list[Timed], plans: list[FormPlan], *, shared: bool) -> list[Form]:
    trackers, forms = [FormTracker(plan) for plan in plans], list[Form]()
    for t_s, pose in frames:
        once = Once()
        for number, tracker in enumerate(trackers):
            form = tracker.step(t_s, pose, once if shared else None)
            forms.append(form)
            if form.scene is not None and t_s >= 1.0 + 0.2 * number:
                tracker.lock(form.scene)
            if t_s >= 2.6:
                tracker.unlock()
    return forms


def _leapt(pose: Pose | None, t_s: float) -> Pose | None:
    """Return the pose, for a moment with one wrist far off."""
    if pose is None or not 0.3 <= t_s <= 0.45:
        return pose
    xy_px = pose.xy_px.copy()
    xy_px[15] -= (0.0, 300.0)
    return replace(pose, xy_px=xy_px)
