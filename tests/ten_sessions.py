"""Ten sessions as people do them, played by a stick figure and kept by the real journal.

    with kept_sessions(folder) as kept: ...

Each is played through the real session, judged, and handed to the recorder step by step, on a day
of its own; so whatever is read from the journal afterwards is what a person would read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coreline.app.planned import planned_sets
from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.data_files import load_catalogue, load_cues, load_programme
from coreline.journal.database import Journal, open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.programme.life import (
    LevelChosen,
    PainMoment,
    PainNoted,
    Prescribed,
    Profile,
    RestChosen,
    Skipped,
)
from coreline.programme.prescription import NOTHING_PRESCRIBED, PrescribedExercise, Prescription
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.session import Session
from coreline.session.view import Result, Stage
from stick_figure import BRIDGE, BRIDGE_DOWN, PLANK, PLANK_DOWN, Camera, Plank, Posture, between

START = date(2026, 9, 7)  # a Monday
STEP_S = 0.1
MOVE_S = 0.5
LONGEST_S = 400.0  # ends what would never end
BELLY, BACK = "w12-belly-bridge", "w12-back-bridge"
SAGGING = Plank(bend_deg=14.0)
UP: Mapping[str, Posture] = {BELLY: BRIDGE, BACK: PLANK}
DOWN: Mapping[str, Posture] = {BELLY: BRIDGE_DOWN, BACK: PLANK_DOWN}
CATALOGUE, PROGRAMME, CUES = load_catalogue(), load_programme(), load_cues()
ANNA = Profile("anna", "Anna", "nl", START, second_way=True)


@dataclass(slots=True)
class Now:
    """What somebody knows who is to move: where the session is, and how long in this set."""

    session: Session
    stage: Stage = Stage.GET_READY
    in_set_s: float = 0.0
    set_number: int = 1
    block: int = 0


Act = tuple[bool, Command | None]  # up, and what is pressed
Acting = Callable[[Now], Act | None]  # None: the person goes away


@dataclass(frozen=True, slots=True)
class Story:
    """A session: what it is to consist of, how somebody acts in it, and what they note.

    `sees` says at which moments of a set the body is seen; `persons` how many people there were;
    `plan` is the physiotherapist's, of that day alone.
    """

    name: str
    what_happened: str
    blocks: Sequence[Block]
    acts: Acting
    posture: Posture | None = None
    sees: Callable[[float], bool] = lambda _t_s: True
    before: int | None = None
    after: int | None = None
    hurts: int | None = None
    persons: int | None = None
    plan: Prescription = NOTHING_PRESCRIBED


@dataclass(slots=True)
class Kept:
    """The journal with all of them, and what each session's own last page said."""

    journal: Journal
    sessions: dict[str, tuple[str, date, tuple[Result, ...]]] = field(default_factory=dict)


def block(
    exercise_id: str, side: Side | None = None, plan: Prescription = NOTHING_PRESCRIBED
) -> Block:
    exercise = CATALOGUE.get(exercise_id)
    return Block(exercise.model_copy(update={"dose": plan.dose(exercise)}), side)


# How they act


def holds_all(_now: Now) -> Act:
    return True, None


def bobs(now: Now) -> Act | None:
    """Go up for a moment and down again, 25 times."""
    times, phase_s = divmod(now.in_set_s, 3.0)
    return None if times >= 25 else (phase_s >= 1.0, None)


def stops_half_way(now: Now) -> Act | None:
    return None if now.set_number == 2 and now.in_set_s > 16.0 else (True, None)


def hurts_in_the_second_set(now: Now) -> Act:
    if now.set_number < 2 or now.in_set_s < 10.0:
        return True, None
    return True, Command.PAIN if now.in_set_s < 10.05 else Command.PAIN_SKIP


def leaves_out_the_first(now: Now) -> Act:
    return True, Command.NEXT if now.block == 0 else None


def one_set(now: Now) -> Act | None:
    return None if now.set_number > 1 else (True, None)


def one_side(now: Now) -> Act | None:
    return None if now.block == 1 else (True, None)


OWN_PLAN = Prescription(
    by="M. de Boer",
    only=True,
    exercises=(PrescribedExercise(exercise=BELLY, sets=2, hold_s=15.0, note="Rustig aan."),),
)
STORIES = (
    Story("good", "three holds of 30 s, all in line", [block(BELLY)], holds_all, before=4, after=3),
    Story("wrong exercise", "25 short bridges in place of 3 holds of 30 s", [block(BELLY)], bobs),
    Story("half-way", "one hold of 30 s, half of the second, then away", [block(BELLY)],
          stops_half_way, before=4, after=4),
    Story("pain", "one hold; in the second it hurt, 8 of 10", [block(BELLY)],
          hurts_in_the_second_set, before=5, hurts=8),
    Story("skipped", "the first exercise passed over, the second done", [block(BELLY),
          block(BACK, Side.LEFT)], leaves_out_the_first),
    Story("one side", "left side done, right side not begun", [block(BACK, Side.LEFT),
          block(BACK, Side.RIGHT)], one_side),
    Story("unseen", "one hold, out of sight for half of the time", [block(BELLY)], one_set,
          sees=lambda t_s: t_s % 3.0 < 1.5),
    Story("two people", "one hold, with somebody else in the picture", [block(BELLY)], one_set,
          persons=2),
    Story("sagging", "one long hold, with low hips for much of it", [block(BACK, Side.LEFT)],
          one_set, posture=SAGGING, before=3, after=2),
    Story("own plan", "two holds of 15 s, which is all that the physiotherapist prescribed",
          [block(BELLY, plan=OWN_PLAN)], holds_all, before=3, after=3, plan=OWN_PLAN),
)  # fmt: skip


# Playing and keeping them


class Actor:
    """A body that moves from one posture to another in half a second."""

    def __init__(self, posture: Posture) -> None:
        self._from = self._to = posture
        self._since_s = -MOVE_S

    def go(self, t_s: float, posture: Posture) -> Posture:
        """Return how it lies at a moment, on its way to a posture."""
        if type(posture) is not type(self._to):
            self._from = self._to = posture
        if posture != self._to:
            self._from, self._to, self._since_s = self._at(t_s), posture, t_s
        return self._at(t_s)

    def _at(self, t_s: float) -> Posture:
        share = min((t_s - self._since_s) / MOVE_S, 1.0)
        return between(self._from, self._to, share) if share < 1.0 else self._to


def play(story: Story, keep: Callable[[Session], None]) -> Session:
    """Play a session, and hand it over after every step."""
    session = Session(story.blocks, CUES)
    now, camera = Now(session), Camera()
    actor = Actor(DOWN[story.blocks[0].exercise.id])
    t_s = set_since_s = 0.0
    where = (1, 1)
    while t_s < LONGEST_S:
        exercise_id = session.block.exercise.id
        resting = now.stage is Stage.REST
        act = (False, Command.SKIP) if resting else story.acts(now)
        if act is None:
            break
        up, command = act
        target = (story.posture if _sags(story, now) else None) or UP[exercise_id]
        posture = actor.go(t_s, target if up else DOWN[exercise_id])
        seen = resting or story.sees(now.in_set_s)
        pose: Pose | None = camera.pose(t_s, posture) if seen else None
        step = session.step(t_s, pose, command)
        course = step.view.course
        if (course.block_number, course.set_number) != where or resting:
            where, set_since_s = (course.block_number, course.set_number), t_s
        now = Now(session, step.view.stage, t_s - set_since_s, where[1], where[0] - 1)
        _note_persons(session, story)
        keep(session)
        if step.view.stage is Stage.DONE:
            break
        t_s += STEP_S
    session.finish(t_s)
    _note_persons(session, story)
    return session


def _sags(story: Story, now: Now) -> bool:
    return story.posture is not None and 6.0 < now.in_set_s % 20.0 < 10.0


def _note_persons(session: Session, story: Story) -> None:
    """Put on record how many people were seen, which is counted outside the session."""
    for record in session.records:
        if story.persons is not None and record.view is not None:
            record.view = replace(record.view, persons=story.persons)


def keep_story(journal: Journal, story: Story, day: date) -> tuple[str, tuple[Result, ...]]:
    """Play a session on a day and keep it; return what it is called, and its last page."""
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=18)
    start = session_start(ANNA.id, day, at, planned_sets(story.blocks))
    if not story.plan.says_nothing:
        journal.note(ANNA.id, Prescribed(day, story.plan.model_copy(update={"until": day})))
    if story.before is not None:
        journal.note(ANNA.id, PainNoted(day, PainMoment.BEFORE, story.before))
    with Recorder(journal, start) as recorder:
        session = play(story, lambda now: recorder.follow(now.records, now.done))
        recorder.follow(session.records)
        if story.hurts is not None:
            hurt = session.block.exercise.id
            recorder.note(PainNoted(day, PainMoment.DURING, story.hurts, (), hurt))
            recorder.note(Skipped(day, hurt, None, for_pain=True))
        recorder.end_session(at + timedelta(minutes=20))
    if story.after is not None:
        journal.note(ANNA.id, PainNoted(day, PainMoment.AFTER, story.after))
    return start.uid, session.results()


def day_of(number: int) -> date:
    """Return the day of the session with this number: every other one, the first is 0."""
    return START + timedelta(days=number)


@contextmanager
def kept_sessions(folder: Path) -> Iterator[Kept]:
    """Yield a journal with all of the sessions, a rest, a missed day and a failed start."""
    with open_journal(folder / "coreline.sqlite3") as journal:
        journal.save_profile(ANNA)
        kept = Kept(journal)
        for number, story in enumerate(STORIES):
            day = day_of(number)
            uid, results = keep_story(journal, story, day)
            kept.sessions[story.name] = (uid, day, results)
        last = day_of(len(STORIES))  # missed
        journal.note(ANNA.id, RestChosen(last + timedelta(days=1), 2))
        keep_failed_start(journal, last + timedelta(days=3))
        yield kept


def keep_failed_start(journal: Journal, day: date) -> str:
    """Begin a session in which nobody ever lies down, and end it; return what it was called."""
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=18)
    start = session_start(ANNA.id, day, at, planned_sets([block(BELLY)]))
    session = Session([block(BELLY)], CUES)
    with Recorder(journal, start) as recorder:
        for number in range(20):
            session.step(number * STEP_S, None)
            recorder.follow(session.records, session.done)
        session.finish(2.0)
        recorder.follow(session.records)
        recorder.end_session(at)
    return start.uid


def keep_ten_weeks(journal: Journal) -> Iterator[tuple[date, str]]:
    """Keep ten weeks of sessions, every third day a half one, every seventh day none.

    Two sessions are played, and kept again on each day.
    """
    journal.note(ANNA.id, LevelChosen(day_of(20), PROGRAMME.level_ids[0]))
    whole, half = STORIES[0], STORIES[2]
    played = {each.name: play(each, lambda _: None) for each in (whole, half)}
    for number in range(20, 90):
        if number % 7 == 6:
            continue
        story = half if number % 3 == 0 else whole
        day = day_of(number)
        at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=18)
        start = session_start(ANNA.id, day, at, planned_sets(story.blocks))
        records = [replace(each) for each in played[story.name].records]
        with Recorder(journal, start) as recorder:
            recorder.follow(records)
            recorder.end_session(at + timedelta(minutes=20))
        journal.note(ANNA.id, PainNoted(day, PainMoment.BEFORE, max(5 - number // 20, 0)))
        journal.note(ANNA.id, PainNoted(day, PainMoment.AFTER, 1))
        yield day, start.uid
