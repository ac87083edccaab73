"""What is said next: the rules in examples, and what holds whatever is asked, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.sound.queue import LONGEST_WAIT_S, Priority, Utterance, VoiceQueue

PAIN, CORRECTION, FLOW, COUNT, PRAISE = Priority


def line(name: str, priority: Priority, asked_s: float = 0.0) -> Utterance:
    return Utterance((name,), priority, asked_s)


def speaking(priority: Priority) -> VoiceQueue:
    queue = VoiceQueue()
    assert queue.ask(line("first", priority), 0.0) == "first"
    return queue


@pytest.mark.parametrize("priority", Priority)
def test_into_silence_everything_is_said_at_once(priority: Priority) -> None:
    queue = speaking(priority)
    assert queue.clip_ended(1.0) is None
    assert queue.speaking is None


@pytest.mark.parametrize("first", Priority)
@pytest.mark.parametrize("second", Priority)
def test_what_matters_more_interrupts(first: Priority, second: Priority) -> None:
    started = speaking(first).ask(line("second", second), 0.1)
    assert (started == "second") == (second < first or second is PAIN)


@pytest.mark.parametrize("first", [PAIN, CORRECTION])
def test_counts_are_dropped_while_a_correction_is_said(first: Priority) -> None:
    queue = speaking(first)
    queue.ask(line("num.04", COUNT, 0.9), 0.9)
    assert queue.waiting is None
    assert queue.clip_ended(1.0) is None


def test_a_correction_drops_the_count_that_waits() -> None:
    queue = speaking(FLOW)
    queue.ask(line("num.04", COUNT), 0.0)
    assert queue.ask(line("fix.hips_up", CORRECTION), 0.1) == "fix.hips_up"
    assert queue.clip_ended(0.4) is None


def test_a_count_follows_if_it_is_still_true() -> None:
    for ended_s, follows in ((0.6, "num.04"), (0.8, None)):
        queue = speaking(FLOW)
        queue.ask(line("num.04", COUNT), 0.0)
        assert queue.clip_ended(ended_s) == follows


def test_a_count_that_is_late_already_is_not_said_into_silence_either() -> None:
    assert VoiceQueue().ask(line("num.04", COUNT, 1.0), 1.71) is None


def test_of_two_that_wait_the_one_that_matters_more_stays() -> None:
    queue = speaking(FLOW)
    queue.ask(line("flow.rest", FLOW), 0.1)
    queue.ask(line("num.04", COUNT, 0.1), 0.1)
    assert queue.clip_ended(0.2) == "flow.rest"


def test_of_equals_that_wait_the_newer_stays() -> None:
    queue = speaking(CORRECTION)
    queue.ask(line("fix.hips_up", CORRECTION, 0.1), 0.1)
    queue.ask(line("fix.knee_straight", CORRECTION, 0.2), 0.2)
    assert queue.clip_ended(1.0) == "fix.knee_straight"
    assert queue.clip_ended(2.0) is None


def test_pain_forgets_what_waits() -> None:
    queue = speaking(FLOW)
    queue.ask(line("flow.rest", FLOW), 0.1)
    assert queue.ask(line("pain.asked", PAIN), 0.2) == "pain.asked"
    assert queue.ask(line("pain.stopped", PAIN), 0.3) == "pain.stopped"
    assert queue.clip_ended(1.0) is None


def test_praise_is_never_kept_for_later() -> None:
    queue = speaking(FLOW)
    queue.ask(line("praise.great", PRAISE), 0.0)
    assert queue.clip_ended(0.1) is None


def test_the_same_is_not_said_twice_in_one_breath() -> None:
    queue = speaking(FLOW)
    assert queue.ask(line("first", FLOW), 0.1) is None
    assert queue.clip_ended(0.5) is None


def test_a_line_of_several_clips_is_said_to_its_end_and_then_what_waits() -> None:
    queue = VoiceQueue()
    assert queue.ask(Utterance(("flow.next_exercise", "name.x", "how.x"), FLOW, 0.0), 0.0)
    queue.ask(line("pos.get_ready", FLOW), 0.1)
    said = [queue.clip_ended(float(n)) for n in range(1, 5)]
    assert said == ["name.x", "how.x", "pos.get_ready", None]


def test_a_line_of_several_clips_is_interrupted_as_one() -> None:
    queue = VoiceQueue()
    queue.ask(Utterance(("name.x", "how.x"), FLOW, 0.0), 0.0)
    assert queue.ask(line("fix.hips_up", CORRECTION), 0.1) == "fix.hips_up"
    assert queue.clip_ended(1.0) is None


def test_cleared_it_is_silent() -> None:
    queue = VoiceQueue()
    queue.ask(Utterance(("name.x", "how.x"), FLOW, 0.0), 0.0)
    queue.ask(line("pos.get_ready", FLOW), 0.0)
    queue.clear()
    assert queue.speaking is None
    assert queue.clip_ended(0.1) is None


# Whatever is asked


@dataclass(frozen=True)
class Asked:
    """A line asked for some time after the one before, and how long ago it was true."""

    after_s: float
    late_s: float
    priority: Priority
    clips: int


ASKED = st.builds(
    Asked,
    after_s=st.floats(0.0, 3.0),
    late_s=st.sampled_from([0.0, 0.0, 0.5, 0.7, 0.71, 1.9, 2.1]),
    priority=st.sampled_from(Priority),
    clips=st.integers(1, 3),
)
CLIP_S = 0.8


@dataclass(frozen=True)
class Begun:
    t_s: float
    cue_id: str
    line: Utterance
    cut_off: Utterance | None
    waited: Utterance | None


def perform(story: Sequence[Asked]) -> tuple[list[Utterance], list[Begun]]:
    """Ask for the lines of a story in turn; every clip ends by itself `CLIP_S` after its start."""
    queue, begun, asked = VoiceQueue(), list[Begun](), list[Utterance]()
    t_s, ends_s = 0.0, float("inf")

    def begin(cue_id: str | None, at_s: float, cut_off: Utterance | None = None) -> float:
        if cue_id is None:
            return ends_s if queue.speaking else float("inf")
        assert queue.speaking is not None
        begun.append(Begun(at_s, cue_id, queue.speaking, cut_off, queue.waiting))
        return at_s + CLIP_S

    for number, each in enumerate(story):
        t_s += each.after_s
        while ends_s <= t_s:
            now_s = ends_s
            ends_s = begin(queue.clip_ended(now_s), now_s)
            ends_s = ends_s if ends_s > now_s else float("inf")
        cue_ids = tuple(f"cue.{number}_{part}" for part in range(each.clips))
        asked.append(Utterance(cue_ids, each.priority, t_s - each.late_s))
        before = queue.speaking
        ends_s = begin(queue.ask(asked[-1], t_s), t_s, before)
    return asked, begun


STORIES = st.lists(ASKED, max_size=30)


@given(STORIES)
def test_nothing_is_begun_that_was_stale(story: Sequence[Asked]) -> None:
    for each in perform(story)[1]:
        longest_s = LONGEST_WAIT_S.get(each.line.priority, float("inf"))
        first = each.cue_id == each.line.cue_ids[0]
        assert not first or each.t_s - each.line.asked_s <= longest_s


@given(STORIES)
def test_pain_is_always_said_at_the_moment_it_is_asked(story: Sequence[Asked]) -> None:
    asked, begun = perform(story)
    started_s = {each.cue_id: each.t_s for each in begun}
    times_s, t_s = [], 0.0
    for each in story:
        t_s += each.after_s
        times_s.append(t_s)
    for line_, at_s in zip(asked, times_s, strict=True):
        if line_.priority is PAIN:
            assert started_s[line_.cue_ids[0]] == at_s


@given(STORIES)
def test_only_what_matters_more_cuts_off(story: Sequence[Asked]) -> None:
    for each in perform(story)[1]:
        if each.cut_off is not None:
            assert each.line.priority < each.cut_off.priority or each.line.priority is PAIN


@given(STORIES)
def test_one_voice_at_a_time(story: Sequence[Asked]) -> None:
    """A clip begins when the one before has ended, or cuts it off."""
    begun = perform(story)[1]
    for one, other in pairwise(begun):
        assert other.t_s >= one.t_s + CLIP_S or other.cut_off is one.line


@given(STORIES)
def test_no_count_waits_behind_a_correction(story: Sequence[Asked]) -> None:
    for each in perform(story)[1]:
        if each.line.priority <= CORRECTION and each.waited is not None:
            assert each.waited.priority is not COUNT


@given(STORIES)
def test_nothing_is_said_twice_nor_made_up(story: Sequence[Asked]) -> None:
    asked, begun = perform(story)
    said = [each.cue_id for each in begun]
    assert len(said) == len(set(said))
    assert set(said) <= {cue_id for each in asked for cue_id in each.cue_ids}
