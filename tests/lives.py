"""Lives for tests: one person, day by day, said in few words."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from coreline.data_files import load_catalogue, load_programme, load_sentences
from coreline.programme.day import DayPlan, Item, Offer, OfferKind
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
from coreline.programme.schedule import day_plan

PROGRAMME, CATALOGUE, SENTENCES = load_programme(), load_catalogue(), load_sentences()
RULES = PROGRAMME.pain.rules
START = date(2026, 11, 1)
BEFORE, DURING, AFTER = PainMoment


def day(number: int) -> date:
    """The programme's day with this number, the first is 1."""
    return START + timedelta(days=number - 1)


def somebody(**about: Any) -> Life:
    """Somebody whom the calendar moved, as it did before levels were asked for."""
    moved = None if about.get("level_by") == "readiness" else date.max
    return Life(replace(Profile("p", "Anna", "nl", START, asked_from=moved), **about))


def plan_on(life: Life, number: int) -> DayPlan:
    return day_plan(PROGRAMME, CATALOGUE, life, day(number))


def with_pain(life: Life, number: int, score: int, moment: PainMoment = BEFORE) -> Life:
    return replace(life, pains=(*life.pains, PainNoted(day(number), moment, score)))


def with_hurt(life: Life, number: int, exercise_id: str, score: int = 8) -> Life:
    noted = PainNoted(day(number), DURING, score, (), exercise_id)
    return replace(life, pains=(*life.pains, noted))


def with_skip(
    life: Life, number: int, exercise_id: str, side: str | None = None, *, for_pain: bool = True
) -> Life:
    skipped = Skipped(day(number), exercise_id, side, for_pain)
    return replace(life, skips=(*life.skips, skipped))


def with_rest(life: Life, number: int, days: int) -> Life:
    return replace(life, rests=(*life.rests, RestChosen(day(number), days)))


def with_level(life: Life, number: int, level_id: str) -> Life:
    return replace(life, levels=(*life.levels, LevelChosen(day(number), level_id)))


def with_easier(life: Life, number: int, exercise_id: str, instead_id: str) -> Life:
    chosen = EasierChosen(day(number), exercise_id, instead_id)
    return replace(life, easier=(*life.easier, chosen))


def with_advice(life: Life, number: int) -> Life:
    return replace(life, advice=(*life.advice, AdviceGiven(day(number))))


def trained(life: Life, *numbers: int, share: float = 1.0, score: float | None = 90.0) -> Life:
    """The life with a share of the sets of these days done."""
    for number in numbers:
        items = plan_on(life, number).items
        todo = [(item, each) for item in items for each in item.open_sets]
        sets = [
            a_set(number, item, each, score=score)
            for item, each in todo[: round(share * len(todo))]
        ]
        life = replace(life, sets=(*life.sets, *sets))
    return life


def a_set(
    number: int, item: Item, set_number: int, done: float | None = None, score: float | None = 90.0
) -> SetDone:
    amount = item.prescribed if done is None else done
    ids = (item.exercise_id, item.side, set_number)
    return SetDone(day(number), *ids, amount, item.prescribed, score)


def codes(plan: DayPlan) -> list[str]:
    return [each.code for each in plan.notes]


def offered(plan: DayPlan, kind: OfferKind) -> list[Offer]:
    return [offer for offer in plan.offers if offer.kind is kind]
