"""What the form was in each set, summed over the sets of a session, or of some weeks.

Pure. A session and some weeks are summed by the same functions, so that they have the same numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from coreline.judging.events import NOT_SEEN, Repetition, State
from coreline.judging.ready import Place
from coreline.programme.done import LEAST_DONE, HoldSeconds, counts, share_of
from coreline.programme.tiring import (
    LEAST_TIMES,
    Ends,
    Measure,
    first_and_last_set,
    first_and_last_third,
    least_held_s,
    mean_ends,
)
from coreline.report.mending import is_let_go
from coreline.report.model import Analysis
from coreline.report.numbers import (
    Tally,
    bend_and_seconds,
    done,
    length_s,
    lowering_s,
    rising_s,
    seconds,
    tally_of,
)
from coreline.report.settled import settled

_A_SECOND: Final = 10.0  # readings of a line: an average of seconds needs no more

Samples = list[tuple[float | None, float]]


@dataclass(frozen=True, slots=True)
class SetForm:
    """What of one set is summed up.

    Attributes:
        day: the calendar day where the person lives.
        exercise_id, side, set_number: which set.
        done, asked: seconds of a hold, else repetitions or turns.
        place: what it was done on, None where that is not known.
        for_pain: it was left because it hurt.
        tally: what went wrong.
        held: the seconds of a hold; of anything else none.
        bend_deg_s, bend_s: the line's change from the person's own times seconds, and the seconds.
        within: the first third of the set against the last.
        means: averages over the set.
    """

    day: date
    exercise_id: str
    side: str | None
    set_number: int
    done: float
    asked: float
    place: Place | None
    for_pain: bool
    tally: Tally
    held: HoldSeconds
    bend_deg_s: float
    bend_s: float
    within: Mapping[Measure, Ends]
    means: Mapping[Measure, float]


@dataclass(frozen=True, slots=True)
class FormOf:
    """The form of one exercise on one side, over some sets.

    Attributes:
        exercise_id, side: which.
        sets: how many were begun; several tries of one are one.
        done_on: what each was done on, as `accuracy_of` takes them.
        tally: what went wrong in all of them.
        let_go: a hold of which nothing counts, as it was let go of again and again; else None.
        days: on which the commonest of it was seen, or the hold was let go.
        bend_deg: the average line, None where it was not read.
        within: the first third of a set against the last, on average.
        over: the first set of a day against its last, on average.
    """

    exercise_id: str
    side: str | None
    sets: int
    done_on: tuple[SetForm, ...]
    tally: Tally
    let_go: HoldSeconds | None
    days: tuple[date, ...]
    bend_deg: float | None
    within: Mapping[Measure, Ends]
    over: Mapping[Measure, Ends]

    @property
    def troubles_a_set(self) -> float:
        """Return how often anything went wrong, on average a set."""
        return self.tally.all_times / self.sets if self.sets else 0.0


def form_of(analysis: Analysis, day: date) -> SetForm:
    """Return what of a set is summed up; without readings nothing is known of a hold's thirds."""
    record = analysis.record
    samples = _samples(analysis)
    bend_deg_s, bend_s = bend_and_seconds([analysis])
    within = {measure: first_and_last_third(some) for measure, some in samples.items()}
    return SetForm(
        day=day,
        exercise_id=record.exercise_id,
        side=record.side,
        set_number=record.set_number,
        done=done(analysis),
        asked=record.prescribed,
        place=record.place,
        for_pain=record.skipped_for_pain,
        tally=tally_of([analysis]),
        held=seconds(analysis) if analysis.holds else HoldSeconds(),
        bend_deg_s=bend_deg_s,
        bend_s=bend_s,
        within={measure: ends for measure, ends in within.items() if ends is not None},
        means=dict(_means(analysis, bend_deg_s, bend_s)),
    )


def forms_of(forms: Iterable[SetForm]) -> tuple[FormOf, ...]:
    """Return the sets summed up by exercise and side, in the order in which these came first."""
    groups: dict[tuple[str, str | None], list[SetForm]] = defaultdict(list)
    for each in forms:
        groups[each.exercise_id, each.side].append(each)
    return tuple(_summed(own) for own in groups.values())


def _summed(forms: Sequence[SetForm]) -> FormOf:
    tally = sum((each.tally for each in forms), Tally())
    held = sum((each.held for each in forms), HoldSeconds())
    let_go = held if is_let_go(held) else None
    bend_s = sum(each.bend_s for each in forms)
    return FormOf(
        exercise_id=forms[0].exercise_id,
        side=forms[0].side,
        sets=len({(each.day, each.set_number) for each in forms}),
        done_on=tuple(forms),
        tally=tally,
        let_go=let_go,
        days=tuple(sorted({each.day for each in forms if _shows(each, tally, let_go)})),
        bend_deg=sum(each.bend_deg_s for each in forms) / bend_s if bend_s > 0.0 else None,
        within=_averages(each.within for each in forms),
        over=_averages(_over_days(forms)),
    )


def _shows(form: SetForm, tally: Tally, let_go: HoldSeconds | None) -> bool:
    """Say whether a set shows what is named of all of them."""
    if let_go is not None:
        return form.held.let_go > 0
    return tally.commonest is not None and form.tally.times(tally.commonest[1]) > 0


def _averages(several: Iterable[Mapping[Measure, Ends]]) -> dict[Measure, Ends]:
    several = tuple(several)
    found = {
        measure: mean_ends(each[measure] for each in several if measure in each)
        for measure in Measure
    }
    return {measure: ends for measure, ends in found.items() if ends is not None}


# Over the sets of a day


def _over_days(forms: Iterable[SetForm]) -> Iterator[dict[Measure, Ends]]:
    """Yield the first set of each day against its last."""
    days: dict[date, list[SetForm]] = defaultdict(list)
    for each in forms:
        # Who stopped because it hurt did not tire.
        if not each.for_pain:
            days[each.day].append(each)
    for sets in days.values():
        # Like with like: the sets that ask for what the first one asks for.
        yield _over_sets([each for each in sets if each.asked == sets[0].asked])


def _over_sets(sets: Sequence[SetForm]) -> dict[Measure, Ends]:
    """Return the first set against the last; of several tries of one the best counts."""
    best: dict[int, SetForm] = {}
    amounts: dict[int, float | None] = {}
    for each in sets:
        number = each.set_number
        amounts[number] = (amounts.get(number) or 0.0) + each.done
        if number not in best or each.done >= best[number].done:
            best[number] = each
    found = {Measure.AMOUNT: first_and_last_set(amounts)}
    for measure in Measure:
        if measure is not Measure.AMOUNT:
            values = {number: each.means.get(measure) for number, each in best.items()}
            found[measure] = first_and_last_set(values)
    return {measure: ends for measure, ends in found.items() if ends is not None}


# Within a set


def _samples(analysis: Analysis) -> dict[Measure, Samples]:
    """Return what was measured through a set; nothing where too little of it was done."""
    if share_of(done(analysis), analysis.record.prescribed) < LEAST_DONE:
        return {}
    if analysis.repetitions:
        return _of_repetitions(analysis.repetitions)
    if analysis.rotations:
        turns: Samples = [(length_s(each), 1.0) for each in analysis.rotations]
        return {Measure.TURN: turns} if len(turns) >= LEAST_TIMES else {}
    return {Measure.LINE: _of_holds(analysis)}


def _of_repetitions(repetitions: Sequence[Repetition]) -> dict[Measure, Samples]:
    if len(repetitions) < LEAST_TIMES:
        return {}
    return {
        measure: [(values.get(measure), 1.0) for values in map(_measured, repetitions)]
        for measure in (Measure.LINE, Measure.HEIGHT, Measure.UP, Measure.DOWN)
    }


def _measured(repetition: Repetition) -> dict[Measure, float | None]:
    """Return what was measured of a repetition; of one that was not seen nothing."""
    if NOT_SEEN in repetition.reasons:
        return {}
    return {
        Measure.LINE: repetition.bend_mean_deg,
        Measure.HEIGHT: repetition.peak_deg,
        Measure.UP: rising_s(repetition),
        Measure.DOWN: lowering_s(repetition),
    }


def _of_holds(analysis: Analysis) -> Samples:
    """Return the line through the stays that count, each piece with its seconds."""
    asked_s = analysis.record.prescribed
    holds = [each for each in analysis.held if counts(each, asked_s)]
    if sum(map(length_s, holds)) < least_held_s(asked_s):
        return []
    readings = analysis.record.readings
    lasted_s = readings[-1].t_s - readings[0].t_s if len(readings) > 1 else 0.0
    step = max(int(len(readings) / (lasted_s * _A_SECOND)), 1) if lasted_s > 0.0 else 1
    thinned = replace(analysis, record=replace(analysis.record, readings=list(readings[::step])))
    samples: Samples = []
    known = settled(thinned)
    for hold in holds:
        inside = [each for each in known if hold.start_s <= each.t_s <= hold.end_s]
        for each, after in pairwise(inside):
            unseen = each.state is State.UNSEEN or each.bend_deg is None
            neutral_deg = None if unseen else each.neutral_deg
            value = None if neutral_deg is None else (each.bend_deg or 0.0) - neutral_deg
            samples.append((value, after.t_s - each.t_s))
    return samples


def _means(analysis: Analysis, bend_deg_s: float, bend_s: float) -> Iterator[tuple[Measure, float]]:
    """Yield the averages of a set, of so much of it that they say something."""
    if share_of(done(analysis), analysis.record.prescribed) < LEAST_DONE:
        return
    if bend_s > 0.0:
        yield Measure.LINE, bend_deg_s / bend_s
    found = [_measured(each) for each in analysis.repetitions]
    for measure in (Measure.HEIGHT, Measure.UP, Measure.DOWN):
        values = [each.get(measure) for each in found]
        if known := [each for each in values if each is not None]:
            yield measure, sum(known) / len(known)
    if analysis.rotations:
        turns = [length_s(each) for each in analysis.rotations]
        yield Measure.TURN, sum(turns) / len(turns)
