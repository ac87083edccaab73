"""Records for the tests of the report: real ones from landmark traces, and made-up ones."""

from dataclasses import fields, replace
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

from coreline.data_files import load_catalogue, load_programme, load_words
from coreline.files.recordings import load_trace
from coreline.judging.events import Fault, Hold, Phase, Reading, Repetition, Rotation, State
from coreline.limits import LAST_DAY
from coreline.programme.catalogue import Catalogue
from coreline.programme.day import PlannedSet
from coreline.programme.life import (
    Life,
    PainMoment,
    PainNoted,
    PainPlace,
    Profile,
    SetDone,
    Skipped,
)
from coreline.programme.pace import amount
from coreline.programme.schedule import day_plan
from coreline.report.model import Analysis, SessionReport, Source, analyse
from coreline.session.record import SetRecord
from judged_recordings import RECORDINGS, record_of

CATALOGUE = load_catalogue()
WORDS = load_words()
RAISES = "w56-belly-bridge"
PLANK = "w12-back-bridge"
ROLL = "adv-log-roll"
SOURCE = Source("clip.mp4", 640, 480, 15.0, 40.0, 600, 600, 1.0)


@lru_cache
def recorded(exercise_id: str) -> Analysis:
    """Judge the recording of an exercise, as `coreline analyze` does."""
    trace = load_trace(RECORDINGS / f"{exercise_id}.landmarks.npz")
    found = sum(pose is not None for _, pose in trace)
    source = Source(
        file=f"{exercise_id}.mp4",
        width=trace.width,
        height=trace.height,
        fps=trace.fps,
        duration_s=trace.duration_s,
        frames_expected=trace.frames,
        frames_read=trace.frames,
        found_share=found / trace.frames,
    )
    return analyse(record_of(exercise_id), source)


def a_reading(t_s: float, change_deg: float | None, state: State = State.GOOD) -> Reading:
    bend_deg = None if change_deg is None else 7.0 + change_deg
    return Reading(t_s, True, bend_deg, 7.0, bend_deg, 178.0, Phase.HOLDING, state)


def a_hold(start_s: float = 0.0, end_s: float = 30.0, score: float | None = 90.0) -> Hold:
    bend_deg = None if score is None else 2.0
    return Hold(start_s, end_s, 0.8 * (end_s - start_s), bend_deg, bend_deg, 0.95, score, ())


def a_repetition(number: int = 1, *reasons: str, hold_s: float = 2.4) -> Repetition:
    start_s = 4.0 * number
    return Repetition(
        number=number,
        start_s=start_s,
        top_s=start_s + 0.5,
        end_s=start_s + 3.6,
        hold_s=hold_s,
        counted=not reasons,
        reasons=reasons,
        peak_deg=40.0,
        bend_mean_deg=1.0,
        bend_worst_deg=-2.0,
        knee_min_deg=175.0,
        line_score=100.0,
    )


def an_analysis(exercise_id: str = PLANK, **changes: Any) -> Analysis:
    """Return a set in which nothing happened, with changes; all that it holds counts."""
    asked = amount(CATALOGUE.get(exercise_id if exercise_id in CATALOGUE else PLANK).dose)
    record = SetRecord(exercise_id, None, 1, prescribed=asked)
    holds = [each for each in changes.get("holds", ()) if not each.reasons]
    done = {"done": sum(each.end_s - each.start_s for each in holds)} if holds else {}
    return changed(analyse(record, SOURCE), **(done | changes))


def changed(analysis: Analysis, **changes: Any) -> Analysis:
    """Return a set with changes, be they of its record or of what it came to."""
    measured = {each.name for each in fields(SetRecord)} & changes.keys()
    record = replace(analysis.record, **{name: changes.pop(name) for name in measured})
    return replace(analysis, record=record, **changes)


def a_plank(*, minutes: float = 0.5, fps: float = 30.0, faults: tuple[Fault, ...] = ()) -> Analysis:
    """Return a hold with a slow wave of ±4° and one frame of each, far too high and too low."""
    frames = int(minutes * 60.0 * fps)
    changes_deg = [4.0 * ((frame % 200) / 100.0 - 1.0) for frame in range(frames)]
    changes_deg[frames // 3], changes_deg[frames // 2] = -21.0, 13.5
    readings = [a_reading(frame / fps, deg) for frame, deg in enumerate(changes_deg)]
    hold = replace(a_hold(0.0, frames / fps), faults=faults)
    return an_analysis(
        neutral_deg=7.0, line_score=90.0, holds=(hold,), faults=faults, readings=readings
    )


def a_roll() -> Analysis:
    rotations = (
        Rotation(2.0, 8.5, "left", counted=True, reasons=()),
        Rotation(9.0, 11.0, "left", counted=False, reasons=("same_direction", "too_fast")),
    )
    return an_analysis(ROLL, neutral_deg=1.0, rotations=rotations)


def catalogue_with_name(name: str) -> Catalogue:
    """Return a catalogue of one plank that is called `name` in both languages."""
    plank = CATALOGUE.get(PLANK)
    renamed = plank.model_copy(
        update={"name": plank.name.model_copy(update={"nl": name, "en": name})}
    )
    return Catalogue([renamed], [renamed.level])


def a_life(
    days: int, start: date = date(2026, 11, 2), *, name: str = "Anna", until: float = 1.0
) -> Life:
    """Return a life of so many days of the programme, every seventh day missed, some pain.

    `until` is how much of each set was done at the end; it changes evenly from all of it.
    """
    life = Life(Profile("anna", name, "nl", start, asked_from=LAST_DAY))  # the weeks move her
    programme = load_programme()
    sets: list[SetDone] = []
    pains: list[PainNoted] = []
    for number in range(days):
        day = start + timedelta(days=number)
        if number % 7 == 6:
            continue
        share = 1.0 + (until - 1.0) * number / max(days - 1, 1)
        plan = day_plan(programme, CATALOGUE, life, day)
        for item in plan.items:
            done = item.prescribed * share * (0.8 if item.side == "right" else 1.0)
            for n in range(1, item.sets + 1):
                asked = item.prescribed
                sets.append(SetDone(day, item.exercise_id, item.side, n, done, asked, 88.0))
        before, after = 4 - min(number // 7, 3), 3 - min(number // 7, 3)
        pains.append(PainNoted(day, PainMoment.BEFORE, before, (PainPlace.BACK,)))
        pains.append(PainNoted(day, PainMoment.AFTER, after))
    return replace(life, sets=tuple(sets), pains=tuple(pains))


# Names in many scripts: with combining signs, right to left, without spaces, and meant badly.
NAMES = (
    "Ömer Çelik-van 't Hek",
    "李小龍",
    "محمد بن سلمان",
    "שָׂרָה",
    "Ναυσικά",
    "Владимир",
    "รัชนี",
    "हरिवंश",
    "👩🏽‍🚀 Noé",
    "<script>alert(1)</script>",
    "x" * 120,
)
DAY = date(2026, 11, 22)


def many_refused(count: int) -> Analysis:
    """Return a set in which nothing counted, for every reason in turn."""
    reasons = ("too_short", "knee_bent", "line_broken", "no_tap", "too_low", "too_high")
    repetitions = tuple(
        a_repetition(number, reasons[number % len(reasons)]) for number in range(1, count + 1)
    )
    return an_analysis(RAISES, side="left", neutral_deg=7.0, repetitions=repetitions)


def a_session() -> SessionReport:
    """Return a session with something of everything."""
    raises = changed(recorded(RAISES), side="right")
    side = recorded("w12-side-bridge")
    sets = (
        raises,
        changed(raises, set_number=2, adjusted=1),
        changed(raises, side="left", near_side="left"),
        side,
        changed(side, side="left", near_side="right"),
        recorded(PLANK),
        a_roll(),
        an_analysis("w56-crunch"),
    )
    return SessionReport(
        analyses=sets,
        person="Anna",
        day=DAY,
        started=time(18, 4),
        lasted_s=58.0 * 60.0,
        level="w56",
        week=5,
        planned=tuple(
            PlannedSet(RAISES, side, n, 30.0) for side in ("right", "left") for n in (1, 2, 3)
        ),
        done=(
            SetDone(DAY, RAISES, "right", 1, 30.0, 30.0),
            SetDone(DAY, RAISES, "right", 2, 28.0, 30.0),
            *(SetDone(DAY, RAISES, "left", n, 30.0, 30.0) for n in (1, 2, 3)),
        ),
        pains=(
            PainNoted(DAY, PainMoment.BEFORE, 3, (PainPlace.BACK,)),
            PainNoted(DAY, PainMoment.DURING, 5, (PainPlace.GROIN,), RAISES),
            PainNoted(DAY, PainMoment.AFTER, 2),
        ),
        skipped=(
            Skipped(DAY, "w56-crunch", None, for_pain=True),
            Skipped(DAY, "w56-side-bridge", "left", for_pain=False),
        ),
        advice=True,
    )
