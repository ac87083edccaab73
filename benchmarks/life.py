"""Simulated lives of 120 days against the handout: a table of the cases, and of what was found.

python benchmarks/life.py [--random 200] [--days 120]

Each case is a way to live; every day the plan is asked for, and its answer held against the
handout's rules as `tools/living.py` has them by hand. The last row is lives of random events, two
people at one machine in turn.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

from tools.living import EVENTS, Living, person

from coreline.programme.day import DayKind, OfferKind
from coreline.programme.life import LevelChosen, PainMoment, RestChosen

Way = Callable[[Living, int], None]


def _misses_a_level(one: Living, day: int) -> None:
    if not 14 <= day < 28:
        one.accept(0)
        one.train()


def _begins_late(one: Living, day: int) -> None:
    if day >= 40:
        one.accept(0, OfferKind.START)
        one.train()


def _hurts_now_and_then(one: Living, day: int) -> None:
    if day % 10 == 4:
        one.hurt(day)
    one.accept(0, OfferKind.EASIER)
    one.train()


def _rests_when_marked(one: Living, day: int) -> None:
    one.feel(7 if day in (10, 60) else 2)
    one.accept(0, OfferKind.REST)
    one.train()


def _stays(one: Living, day: int) -> None:
    one.feel(7 if 10 <= day < 40 else 1)
    one.accept(0, OfferKind.REST)
    one.train()


def _returns(one: Living, day: int) -> None:
    one.feel({10: 7, 12: 1, 15: 8}.get(day, 1), PainMoment.AFTER)
    one.accept(0, OfferKind.REST)
    one.train()


def _slight(one: Living, day: int) -> None:
    one.feel(2 + (day % 3 == 1))
    one.train()


def _goes_back(one: Living, day: int) -> None:
    if day == 50:
        one.choose(LevelChosen(one.today, "w12"))
    if day > 50:
        one.accept(0, OfferKind.NEXT_LEVEL)
    one.train()


def _goes_on(one: Living, day: int) -> None:
    del day
    one.accept(0, OfferKind.NEXT_LEVEL)
    one.train()


def _by_readiness(one: Living, day: int) -> None:
    del day
    one.accept(0, OfferKind.NEXT_LEVEL)
    one.train(score=92.0)


def _splits(one: Living, day: int) -> None:
    del day
    one.train(0.3)
    one.train(0.5)
    one.train()


def _rests_by_choice(one: Living, day: int) -> None:
    if day % 30 == 0:
        one.choose(RestChosen(one.today, 5))
    if day % 30 == 2:
        one.accept(0, OfferKind.END_REST)
    one.train()


def _travels(one: Living, day: int) -> None:
    """West over the date line every tenth day, east every fifteenth: a day twice, a day never."""
    one.train()
    one.sleep(-1 if day % 10 == 0 else 1 if day % 15 == 0 else 0)


def _wrong_clock(one: Living, day: int) -> None:
    """A computer that for a day believes it is four years ago, or next year."""
    wrong = {20: -1461, 21: 1461, 70: 365, 71: -365}.get(day, 0)
    one.sleep(wrong)
    one.train()


WAYS: dict[str, Way] = {
    "trains every day, goes on when asked": _goes_on,
    "trains every day, never answers": lambda one, _: one.train(),
    "misses every third day": lambda one, day: one.train() if day % 3 else None,
    "misses the second week": lambda one, day: None if 7 <= day < 14 else one.train(),
    "misses weeks 3 and 4, takes what is offered": _misses_a_level,
    "never trains": lambda _one, _day: None,
    "begins on day 40, from week 1": _begins_late,
    "splits the session over the day": _splits,
    "pain rises slightly every third day": _slight,
    "an exercise hurts badly, takes the easier one": _hurts_now_and_then,
    "marked pain twice, rests": _rests_when_marked,
    "pain stays in spite of rests": _stays,
    "pain returns after a rest": _returns,
    "rests by choice, ends it early": _rests_by_choice,
    "goes back to the first level, on when offered": _goes_back,
    "by readiness, good form, takes what is offered": _by_readiness,
    "by readiness, never chooses": lambda one, _: one.train(score=50.0),
    "crosses the date line": _travels,
    "the clock is years wrong for a day": _wrong_clock,
}


def live(way: Way, days: int, *, level_by: str = "date") -> Living:
    """Live so many days one way."""
    one = person(level_by=level_by)
    for day in range(days):
        one.ask()
        way(one, day)
        one.sleep()
    return one


def live_at_random(seed: int, days: int) -> tuple[Living, Living]:
    """Live so many days of random events, two people in turn."""
    chance = random.Random(seed)
    people = (person("a"), person("b", level_by="readiness"))
    for _ in range(days):
        one = chance.choice(people)
        for name in chance.choices(list(EVENTS), k=chance.randint(1, 3)):
            EVENTS[name](one)
        for each in people:
            each.ask()
            each.sleep()
    return people


HEAD = ("case", "asked", "train", "rest", "not begun", "levels", "offered", "advice", "against")


def row(name: str, lives: Sequence[Living]) -> list[str]:
    """Return a case's row; `advice` is how often it was said, `against` the contradictions."""
    answers = [answer for one in lives for answer in one.answers]
    kinds = Counter(answer.kind for answer in answers)
    levels = [answer.level_id for answer in answers if answer.level_id]
    offered = Counter(str(offer.kind) for answer in answers for offer in answer.offers)
    return [
        name,
        str(len(answers)),
        *(str(kinds[kind]) for kind in (DayKind.TRAIN, DayKind.REST, DayKind.NOT_STARTED)),
        " ".join(dict.fromkeys(levels)) if len(lives) == 1 else "all",
        ", ".join(sorted(offered)) if len(lives) == 1 else "all",
        str(sum(len(one.life.advice) for one in lives)),
        str(sum(len(one.complaints) for one in lives)),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--random", type=int, default=200, help="how many pairs of random lives")
    wanted = parser.parse_args()
    print("| " + " | ".join(HEAD) + " |")
    print("|" + "---|" * len(HEAD))
    complaints: list[str] = []
    for name, way in WAYS.items():
        level_by = "readiness" if name.startswith("by readiness") else "date"
        one = live(way, wanted.days, level_by=level_by)
        complaints += one.complaints
        print("| " + " | ".join(row(name, [one])) + " |")
    began = time.process_time()
    lives = [each for seed in range(wanted.random) for each in live_at_random(seed, wanted.days)]
    spent_s = time.process_time() - began
    complaints += [each for one in lives for each in one.complaints]
    print("| " + " | ".join(row(f"{wanted.random} pairs at random", lives)) + " |")
    asked = sum(len(one.answers) for one in lives)
    print(f"\n{1000 * spent_s / asked:.1f} ms an answer, the check of it included")
    print(*complaints[:20], sep="\n")


if __name__ == "__main__":
    main()
