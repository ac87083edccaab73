"""From the record of a set to the numbers of a report; pure, and the same for the same record.

`Analysis` is one set: what `--json` writes (docs/formats.md) and what the pages are drawn from.
`SessionReport` is a whole session: the sets, and what is known of the person and the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from coreline.judging.events import (
    NOT_SEEN,
    TOO_FEW_PICTURES,
    Fact,
    Fault,
    FaultEnded,
    Hold,
    HoldEnded,
    LetGo,
    Reading,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)
from coreline.judging.ready import Try, Unmet
from coreline.placement.view import SetVisibility
from coreline.programme.day import PlannedSet
from coreline.programme.done import HoldSeconds, hold_seconds, share_of
from coreline.programme.life import PainNoted, SetDone, Skipped, TakenBack
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription
from coreline.report.json_text import DECIMALS, as_values
from coreline.session.record import SetRecord
from coreline.session.set_so_far import line_score_in

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Source:
    """Where the frames came from. Times in seconds, sizes in pixels.

    `frames_expected` is what the file promises, None where nothing does; `found_share` the share of
    the time in which somebody was found. Of a session that was kept neither file nor size is known:
    an empty name and zeros.
    """

    file: str
    width: int
    height: int
    fps: float
    duration_s: float
    frames_expected: int | None
    frames_read: int
    found_share: float


def found_share_of(sources: Sequence[Source]) -> float | None:
    """Return the share of the time of several in which somebody was found; None where none ran."""
    read = [each for each in sources if each.frames_read]
    whole_s = sum(each.duration_s for each in read)
    if not whole_s:
        return None
    return sum(each.found_share * each.duration_s for each in read) / whole_s


@dataclass(frozen=True, slots=True)
class Analysis:
    """One set, judged: its record, where that was read from, and what its facts come to.

    `holds` has every stay in position; of those with reasons nothing counts, see `held`. The set is
    over: nothing of the record is changed any more.
    """

    record: SetRecord
    source: Source
    line_score: float | None
    holds: tuple[Hold, ...]
    repetitions: tuple[Repetition, ...]
    rotations: tuple[Rotation, ...]
    faults: tuple[Fault, ...]

    @property
    def held(self) -> tuple[Hold, ...]:
        """Return the holds, without the attempts that were none."""
        return tuple(hold for hold in self.holds if not hold.reasons)


@dataclass(frozen=True, slots=True)
class SessionReport:
    """A session: its sets in the order in which they were done, and what surrounds them.

    Attributes:
        analyses: a set each; none makes a page that says so.
        person: the name as the person gave it, empty where none is known.
        day, started: of the session, where the person lives; None where it is not known.
        lasted_s: from the first set to the last, rests and all.
        level: id of the programme's level.
        week: of the programme, 1-based.
        planned: what was asked for, empty where nothing was.
        done: what the session counted of it, each set once.
        pains: how much it hurt, in order of time.
        skipped: what was left out, and whether for pain.
        advice: the advice to contact the sports physician was given.
        plan: what the physiotherapist prescribed on that day; an empty one where nothing was.
        taken_back: what of it the person took back, which is in none of the above; or all of it.
    """

    analyses: tuple[Analysis, ...] = ()
    person: str = ""
    day: date | None = None
    started: time | None = None
    lasted_s: float | None = None
    level: str | None = None
    week: int | None = None
    planned: tuple[PlannedSet, ...] = ()
    done: tuple[SetDone, ...] = ()
    pains: tuple[PainNoted, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    advice: bool = False
    plan: Prescription = NOTHING_PRESCRIBED
    taken_back: tuple[TakenBack, ...] = ()


def analyse(record: SetRecord, source: Source, persons: int | None = None) -> Analysis:
    """Return the numbers of one set; `persons` were seen at once, where somebody counted them."""
    facts = record.facts
    holds = tuple(fact.hold for fact in facts if isinstance(fact, HoldEnded))
    repetitions = tuple(fact.repetition for fact in facts if isinstance(fact, RepetitionEnded))
    return Analysis(
        record=_with_persons(record, persons),
        source=source,
        line_score=line_score_in(facts, record.prescribed),
        holds=holds,
        repetitions=repetitions,
        rotations=tuple(fact.rotation for fact in facts if isinstance(fact, RotationEnded)),
        faults=tuple(_faults_of(facts, holds)),
    )


def _with_persons(record: SetRecord, persons: int | None) -> SetRecord:
    if record.view is None or persons is None:
        return record
    return replace(record, view=replace(record.view, persons=persons))


def _faults_of(facts: Sequence[Fact], holds: Sequence[Hold]) -> list[Fault]:
    """Return the faults of a set: a hold's as it was judged at its end, from its final neutral."""
    told = [fact.fault for fact in facts if isinstance(fact, FaultEnded)]
    if not holds:
        return told
    unseen = [each for each in told if each.code == NOT_SEEN and _within(each, holds)]
    unseen += [each for each in told if each.code == TOO_FEW_PICTURES]
    let_go = [fact.fault for fact in facts if isinstance(fact, LetGo)]
    held = [fault for hold in holds for fault in hold.faults]
    return sorted([*unseen, *let_go, *held], key=lambda fault: fault.start_s)


def _within(fault: Fault, holds: Sequence[Hold]) -> bool:
    """Say whether a fault began in a hold; on the way down from one it is none."""
    return any(hold.start_s <= fault.start_s < hold.end_s for hold in holds)


def as_json(analysis: Analysis) -> dict[str, Any]:
    """Return the document that `--json` writes, numbers rounded to a thousandth."""
    record = analysis.record
    document = {
        "schema": SCHEMA,
        "exercise": record.exercise_id,
        "side": record.side,
        "near_side": record.near_side,
        "source": analysis.source,
        "neutral_deg": record.neutral_deg,
        "neutral_sd_deg": record.neutral_sd_deg,
        "place": record.place,
        "asked": record.prescribed,
        "done": record.done,
        "held": _held(analysis),
        "line_score": analysis.line_score,
        "line_score_share": _share_scored(analysis),
        "holds": analysis.holds,
        "repetitions": analysis.repetitions,
        "rotations": analysis.rotations,
        "faults": analysis.faults,
        "cues": [{"t_s": t_s, "id": cue_id} for t_s, cue_id in record.cues],
        "attempts": [_without_cue(each) for each in record.tries],
        "waiting": {
            "seconds": record.waited_s,
            "unseen_s": record.waited_unseen_s,
            "unmet": [_without_cue(each) for each in record.unmet],
        },
        "view": None if record.view is None else _view_json(record.view),
    }
    result: dict[str, Any] = as_values(document)
    return result


def _share_scored(analysis: Analysis) -> float:
    """Return of how much of what the set asks for the score is; 0 where there is none."""
    if analysis.line_score is None:
        return 0.0
    return share_of(analysis.record.done, analysis.record.prescribed)


def _held(analysis: Analysis) -> HoldSeconds | None:
    """Return the seconds of a hold; None of what is none."""
    record = analysis.record
    if not analysis.holds:
        return None
    return hold_seconds(analysis.holds, record.done, record.prescribed)


def _without_cue(part: Try | Unmet) -> dict[str, Any]:
    """Return it without what was said about it, which `cues` has."""
    return {key: value for key, value in as_values(part).items() if key != "cue"}


def _view_json(view: SetVisibility) -> dict[str, Any]:
    return {**as_values(view), "hindrances": list(view.hindrances)}


TRACE_COLUMNS = (
    "t_s",
    "found",
    "bend_deg",
    "neutral_deg",
    "signal_deg",
    "knee_deg",
    "phase",
    "state",
)


def trace_rows(readings: Iterable[Reading]) -> list[list[str]]:
    """Return the rows of the trace, a row a frame; what is unknown is empty."""
    return [[_cell(getattr(reading, name)) for name in TRACE_COLUMNS] for reading in readings]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case float():
            return f"{value:.{DECIMALS}f}"
        case _:
            return str(value)
