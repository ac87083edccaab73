"""Simulated lives, and the handout's rules written down once more to hold the schedule against.

Nothing here uses the schedule's own tables or rules: what the handout says is written out by hand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from coreline.data_files import load_catalogue, load_programme
from coreline.programme.day import DayKind, DayPlan, OfferKind, StartChosen
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelChosen,
    Life,
    PainMoment,
    PainNoted,
    Profile,
    RestChosen,
    SetDone,
    Skipped,
)
from coreline.programme.pain import contact_advice
from coreline.programme.schedule import day_plan

PROGRAMME, CATALOGUE = load_programme(), load_catalogue()
DAY = timedelta(days=1)
HOLD, RAISES, ROLLS = ("hold", 3, 30), ("raises", 3, 30), ("rolls", 3, 10)
EACH, ONE = ("left", "right"), (None,)

# What the handout prescribes: exercise, sides, and kind, sets and amount of the dose.
HANDOUT = {
    "w12": (
        ("w12-belly-bridge", ONE, HOLD),
        ("w12-side-bridge", EACH, HOLD),
        ("w12-back-bridge", EACH, HOLD),
        ("w12-pelvic-curl", ONE, HOLD),
    ),
    "w34": (
        ("w34-belly-bridge", EACH, HOLD),
        ("w34-side-bridge", EACH, HOLD),
        ("w34-back-bridge", EACH, HOLD),
        ("w34-superman", ONE, HOLD),
    ),
    "w56": (
        ("w56-belly-bridge", EACH, RAISES),
        ("w56-side-bridge", EACH, RAISES),
        ("w56-back-bridge", EACH, RAISES),
        ("w56-crunch", ONE, RAISES),
    ),
    "adv": (
        ("adv-belly-bridge", EACH, RAISES),
        ("adv-side-bridge", EACH, RAISES),
        ("adv-back-bridge", EACH, RAISES),
        ("adv-log-roll", ONE, ROLLS),
    ),
}
DOSES = {each[0]: each for level in HANDOUT.values() for each in level}
LEVELS = tuple(HANDOUT)
BADLY, MARKED, REST_DAYS, SLIGHT, FIRST_DAYS = 6, 6, 3, 2, 21


def level_of_day(number: int) -> str:
    """Return the handout's level of the programme's n-th day, from 0: two weeks each, then on."""
    return LEVELS[min(number // 14, 3)]


@dataclass
class Living:
    """One simulated person: every day one asks the plan, and does something with it."""

    life: Life
    today: date
    answers: list[DayPlan] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self) -> DayPlan:
        """Ask for today's plan and hold it against the handout."""
        plan = day_plan(PROGRAMME, CATALOGUE, self.life, self.today)
        self.answers.append(plan)
        self.complaints += [f"{self.today}: {each}" for each in complaints(self.life, plan)]
        return plan

    def train(self, share: float = 1.0, score: float | None = 90.0) -> None:
        """Do a share of the sets that are open, whole ones from the first on."""
        plan = self.ask()
        todo = [(item, number) for item in plan.items for number in item.open_sets]
        done = [
            SetDone(self.today, i.exercise_id, i.side, number, i.prescribed, i.prescribed, score)
            for i, number in todo[: round(len(todo) * share)]
        ]
        self.life = replace(self.life, sets=(*self.life.sets, *done))

    def feel(self, score: int, moment: PainMoment = PainMoment.BEFORE) -> None:
        """Say how much it hurts, and hear what there is to hear."""
        noted = PainNoted(self.today, moment, score)
        self.life = replace(self.life, pains=(*self.life.pains, noted))
        self._listen()

    def hurt(self, number: int, score: int = 8, *, skip: bool = True) -> None:
        """Say that one of today's exercises hurts badly, and skip it."""
        items = self.ask().items
        if not items:
            return
        exercise_id = items[number % len(items)].exercise_id
        noted = PainNoted(self.today, PainMoment.DURING, score, (), exercise_id)
        self.life = replace(self.life, pains=(*self.life.pains, noted))
        if skip:
            skipped = Skipped(self.today, exercise_id, None, for_pain=True)
            self.life = replace(self.life, skips=(*self.life.skips, skipped))
        self._listen()

    def _listen(self) -> None:
        """Take note of the advice when it is said."""
        contact = contact_advice(PROGRAMME, self.life, self.today)
        if contact is not None and contact.aloud:
            given = AdviceGiven(self.today)
            self.life = replace(self.life, advice=(*self.life.advice, given))

    def choose(self, choice: LevelChosen | EasierChosen | RestChosen | StartChosen) -> None:
        """Choose something."""
        life = self.life
        match choice:
            case LevelChosen():
                self.life = replace(life, levels=(*life.levels, choice))
            case EasierChosen():
                self.life = replace(life, easier=(*life.easier, choice))
            case RestChosen():
                self.life = replace(life, rests=(*life.rests, choice))
            case StartChosen(day=day):
                self.life = replace(life, profile=replace(life.profile, start=day))

    def accept(self, number: int, kind: OfferKind | None = None) -> None:
        """Take one of the offers, if there is one."""
        offers = [o for o in self.ask().offers if kind in (None, o.kind)]
        if offers:
            self.choose(offers[number % len(offers)].choice)

    def sleep(self, days: int = 1) -> None:
        """Go to another day, backwards where the clock jumps back."""
        self.today += days * DAY


def person(name: str = "a", start: date = date(2026, 2, 1), level_by: str = "date") -> Living:
    """Return somebody new."""
    profile = Profile(name, name, "nl", start, level_by=level_by)
    return Living(Life(profile), start)


# What may happen on a day, by name. Days go by, come back and are lost: people travel, clocks err.
EVENTS: dict[str, Callable[[Living], None]] = {
    "train": lambda one: one.train(),
    "train well": lambda one: one.train(score=95.0),
    "train badly": lambda one: one.train(score=40.0),
    "train half": lambda one: one.train(0.5),
    "train a little": lambda one: one.train(0.1, None),
    "miss": lambda _: None,
    "miss a week": lambda one: one.sleep(7),
    "miss a month": lambda one: one.sleep(30),
    "no pain": lambda one: one.feel(0),
    "slight pain": lambda one: one.feel(2),
    "some pain": lambda one: one.feel(4, PainMoment.AFTER),
    "marked pain": lambda one: one.feel(7, PainMoment.AFTER),
    "the worst pain": lambda one: one.feel(10),
    "an exercise hurts": lambda one: one.hurt(0),
    "another one hurts": lambda one: one.hurt(3, 6, skip=False),
    "rest": lambda one: one.choose(RestChosen(one.today, 3)),
    "long rest": lambda one: one.choose(RestChosen(one.today, 14)),
    "end of rest": lambda one: one.choose(RestChosen(one.today, 0)),
    "take the first offer": lambda one: one.accept(0),
    "take the last offer": lambda one: one.accept(-1),
    "first level": lambda one: one.choose(LevelChosen(one.today, "w12")),
    "third level": lambda one: one.choose(LevelChosen(one.today, "w56")),
    "clock back a day": lambda one: one.sleep(-2),
    "the same day again": lambda one: one.sleep(-1),
    "a day is lost": lambda one: one.sleep(1),
    "clock forward a year": lambda one: one.sleep(365),
    "clock back a year": lambda one: one.sleep(-365),
}


# The handout, against a plan


def complaints(life: Life, plan: DayPlan) -> Iterator[str]:
    """Yield what a plan has that the handout has not, or the other way about."""
    if plan.day < life.profile.start:
        if plan.kind is not DayKind.NOT_STARTED or plan.items:
            yield "asks for something before the start"
        return
    resting = rests(life, plan.day)
    if resting != (plan.kind is DayKind.REST):
        yield f"rest is {resting}, the plan says {plan.kind}"
    yield from _on_items(life, plan) if plan.kind is DayKind.TRAIN else ()
    yield from _on_pain(life, plan)
    yield from _on_missed(life, plan)
    if plan.kind is DayKind.TRAIN and not plan.items:
        yield "a day of training without an exercise"
    if plan.kind is DayKind.REST and plan.items:
        yield "a day of rest with exercises"
    if plan.week != (plan.day - life.profile.start).days // 7 + 1:
        yield f"week {plan.week}"
    if not plan.why:
        yield "no reason given"


def rests(life: Life, day: date) -> bool:
    """Say whether the rest chosen last, of those not chosen later than this day, is still on."""
    known = [each for each in life.rests if each.day <= day]
    return bool(known) and (day - known[-1].day).days < known[-1].days


def level_by_handout(life: Life, day: date) -> str:
    """Return the level that is the person's own choice; nothing else changes it."""
    chosen = [each for each in life.levels if life.profile.start <= each.day <= day]
    return chosen[-1].level_id if chosen else LEVELS[0]


def _on_items(life: Life, plan: DayPlan) -> Iterator[str]:
    level = level_by_handout(life, plan.day)
    if plan.level_id != level:
        yield f"level {plan.level_id}, the handout says {level}"
    asked = [item.instead_of or item.exercise_id for item in plan.items]
    if list(dict.fromkeys(asked)) != [each[0] for each in HANDOUT[level]]:
        yield f"exercises {asked}"
    replaced = {
        each.exercise_id: each.instead_id
        for each in life.easier
        if life.profile.start <= each.day <= plan.day
    }
    for item in plan.items:
        own = item.instead_of or item.exercise_id
        if item.exercise_id != _end_of(own, replaced):
            yield f"{item.exercise_id} in place of {own}, which nobody chose"
        if (item.dose.kind, item.sets, item.prescribed) != DOSES[item.exercise_id][2]:
            yield f"{item.exercise_id}: another dose"
    ids = list(dict.fromkeys(item.exercise_id for item in plan.items))
    sides = [(item.exercise_id, item.side) for item in plan.items]
    if sides != [(each, side) for each in ids for side in DOSES[each][1]]:
        yield f"sides {sides}"


def _end_of(exercise_id: str, replaced: dict[str, str]) -> str:
    """Return what is done in the end where one replacement was replaced by another."""
    for _ in replaced:
        exercise_id = replaced.get(exercise_id, exercise_id)
    return exercise_id


def _on_pain(life: Life, plan: DayPlan) -> Iterator[str]:
    today = [each for each in life.pains if each.day == plan.day]
    badly = {each.exercise_id for each in today if each.exercise_id and each.score >= BADLY}
    badly |= {s.exercise_id for s in life.skips if s.day == plan.day and s.for_pain}
    for item in plan.items:
        if item.exercise_id in badly and item.open_sets:
            yield f"{item.exercise_id} hurts badly and is not skipped"
        if item.exercise_id not in badly and item.skipped is not None:
            yield f"{item.exercise_id} is skipped, and nobody said that it hurts"
    overall = [each for each in today if each.exercise_id is None]
    marked = bool(overall) and overall[-1].score >= MARKED
    offers = [o for o in plan.offers if o.kind is OfferKind.REST]
    if (
        marked
        and plan.kind is DayKind.TRAIN
        and [o.choice for o in offers] != [RestChosen(plan.day, REST_DAYS)]
    ):
        yield "marked pain, and no rest is offered"
    yield from _on_words(life, plan)


def _on_words(life: Life, plan: DayPlan) -> Iterator[str]:
    """Yield where the reassurance or the advice is out of place."""
    codes = {each.code for each in plan.notes}
    if "pain.may_rise" in codes:
        if not 0 <= (plan.day - life.profile.start).days < FIRST_DAYS:
            yield "reassures after the first three weeks"
        rise = [n.score for n in _overall(life, plan.day)]
        if not min(rise) < rise[-1] < MARKED or rise[-1] - rise[0] > SLIGHT:
            yield f"reassures, with answers {rise}"
    if "pain.contact" in codes:
        answers = [each for each in life.pains if each.day <= plan.day]
        if not any(each.score >= MARKED for each in answers):
            yield "advises to contact the physician without marked pain"
        if not life.rests and (max(answers, key=_day).day - min(answers, key=_day).day).days < 7:
            yield "advises to contact the physician before any rest"


def _overall(life: Life, day: date) -> list[PainNoted]:
    """Return the answers about the complaints, up to and on a day, in order of days."""
    known = [each for each in life.pains if each.day <= day and each.exercise_id is None]
    return sorted(known, key=_day)


def _day(noted: PainNoted) -> date:
    return noted.day


def _on_missed(life: Life, plan: DayPlan) -> Iterator[str]:
    if plan.missed is None:
        yield "does not say what was missed"
        return
    trained = {each.day for each in life.sets}
    for day in plan.missed.days:
        if not life.profile.start <= day < plan.day or day in trained:
            yield f"says that {day} was missed"
