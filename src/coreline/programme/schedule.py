"""What today asks for: every day of every life has an answer, and the answer says why.

The handout is the default. Do the exercises every day; two weeks each of the levels for weeks 1-2,
3-4 and 5-6, then the advanced level without an end; when the weeks are over the person is asked
(`level`, `asking`). What the physiotherapist prescribes takes its place (`prescription`). An
exercise that hurts badly is left out for the day, whoever asked for it. Everything else that could
change the plan (a level, an easier exercise, a rest) is offered with its reason and done only when
chosen.

Nobody here asks the clock: a day is handed in, and what happened after it counts for nothing. So a
computer whose date is wrong, or jumps back, gets a right answer for the date that it believes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from coreline.programme.asking import question_on, with_question
from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayKind, DayPlan, Item, Missed, Offer, OfferKind, SkipReason
from coreline.programme.diary import Diary, Rest
from coreline.programme.felt import hurt_on
from coreline.programme.items import items_in, session_s
from coreline.programme.level import LevelOn, level_in, levels_expected, week_of
from coreline.programme.life import Life
from coreline.programme.offers import (
    DayContext,
    end_of_rest,
    hurt_when_last_tried,
    offers_on,
    start_now,
)
from coreline.programme.pain import pain_in
from coreline.programme.prescription import Prescription
from coreline.programme.sayings import Saying, say
from coreline.programme.spec import Programme


def day_plan(
    programme: Programme,
    catalogue: Catalogue,
    life: Life,
    day: date,
    *,
    today: date | None = None,
) -> DayPlan:
    """Return what a day asks for, from what is known of the life up to it.

    Args:
        programme: the handout's weeks and rules.
        catalogue: the exercises.
        life: what was done, felt and chosen.
        day: the day asked about.
        today: the day it really is, where another is asked about; of a day that is still to come
            nothing is said to be missed, and nothing offered.
    """
    diary = day_diary(programme, life, day, today)
    plan = bare_plan(programme, catalogue, diary, day)
    if today is not None and day > today:
        return plan
    return _with_today(plan, programme, catalogue, diary)


def day_diary(programme: Programme, life: Life, day: date, today: date | None = None) -> Diary:
    """Return a life as a day is worked out from it; of one to come, with the levels expected."""
    if today is None or day <= today:
        return Diary(life)
    return Diary(life, levels_expected(programme, life, today, day))


def bare_plan(programme: Programme, catalogue: Catalogue, diary: Diary, day: date) -> DayPlan:
    """Return what a day asks for, without what only the day itself can bring: offers and notes."""
    start, prescribed = diary.profile.start, diary.plan_on(day)
    if day < start:
        why = (say("why.not_started", start=start),)
        return DayPlan(day, DayKind.NOT_STARTED, None, None, (), why, 0, 0, plan=prescribed)
    at, week = level_in(programme, diary, day), week_of(start, day)
    rest = diary.rest_on(day)
    if rest is not None:
        why = (say("why.resting", until=rest.last),)
        return DayPlan(day, DayKind.REST, week, at.level.id, (), why, 0, 0, plan=prescribed)
    items = items_in(programme, catalogue, diary, day)
    if not items:  # the handout asks for something every day
        why = (say("why.plan_free"),)
        return DayPlan(day, DayKind.REST, week, at.level.id, (), why, 0, 0, plan=prescribed)
    doing = [item for item in items if item.skipped is None]
    return DayPlan(
        day=day,
        kind=DayKind.TRAIN,
        week=week,
        level_id=at.level.id,
        items=items,
        why=tuple(_why(at, items, prescribed)),
        whole_s=session_s(doing, programme.pace),
        left_s=session_s(doing, programme.pace, left_only=True),
        plan=prescribed,
    )


def _why(at: LevelOn, items: tuple[Item, ...], plan: Prescription) -> Iterator[Saying]:
    """Yield why the day asks for this."""
    if plan.only:
        yield say("why.plan_only")
    else:
        yield at.why
        if not plan.says_nothing:
            yield say("why.plan")
    if not plan.days:
        yield say("why.every_day")
    if plan.note:
        yield say("why.plan_note", note=plan.note)
    replaced = {item.instead_of: item.exercise_id for item in items if item.instead_of}
    for own_id, instead_id in replaced.items():
        yield say("why.replaced", exercise=own_id, instead=instead_id)
    reasons = {item.exercise_id: item.skipped for item in items if item.skipped}
    for exercise_id, reason in reasons.items():
        yield say(f"why.skipped_{reason}", exercise=exercise_id)


def _with_today(plan: DayPlan, programme: Programme, catalogue: Catalogue, diary: Diary) -> DayPlan:
    """Return the plan with what the day itself brings."""
    day = plan.day
    pain = pain_in(programme, diary, day)
    today = DayContext(programme, catalogue, diary, day, plan.items, pain)
    offers = _offers(plan, today, diary.rest_on(day))
    question = question_on(today, offers) if plan.kind is DayKind.TRAIN else None
    return replace(
        plan,
        offers=with_question(question, offers),
        question=question,
        missed=missed_before(today),
        notes=(*pain.sayings, *_notes(plan, today)),
    )


def _offers(plan: DayPlan, today: DayContext, rest: Rest | None) -> tuple[Offer, ...]:
    match plan.kind:
        case DayKind.NOT_STARTED:
            return (start_now(plan.day, today.diary.profile.start),)
        case DayKind.REST if rest is not None:
            return (end_of_rest(plan.day, rest.last),)
        case DayKind.REST:  # a day off of the plan's: pain may ask for more than that
            return tuple(each for each in offers_on(today) if each.kind is OfferKind.REST)
        case _:
            return offers_on(today)


def _notes(plan: DayPlan, today: DayContext) -> Iterator[Saying]:
    """Yield what is good to know today."""
    if plan.complete:
        yield say("note.complete")
        return
    if today.at.since == plan.day != today.diary.profile.start and plan.kind is DayKind.TRAIN:
        yield say("note.new_level", level=today.at.level.id)
    if plan.left_s >= today.programme.pace.long_from_s:
        yield say("note.split", minutes=round(plan.left_s / 60))
    for exercise_id in dict.fromkeys(item.exercise_id for item in plan.items):
        if hurt_when_last_tried(today, exercise_id):
            yield say("note.hurt_last_time", exercise=exercise_id)


def missed_before(today: DayContext) -> Missed:
    """Return what was missed lately: days of training without a set, and sets not done.

    What was left out because it hurt is not missed, nor is a day of rest.
    """
    programme, diary = today.programme, today.diary
    back = min(programme.moving.missed_days, max((today.day - diary.profile.start).days, 0))
    since = today.day - timedelta(days=back)
    days, sets = [], 0
    for each in (since + timedelta(days=number) for number in range(back)):
        if today.is_free(each):
            continue
        trained = diary.sets_on(each)
        if not trained and hurt_on(diary, each, programme.pain.rules):
            continue
        items = [item for item in today.items_of(each) if item.skipped is not SkipReason.PAIN]
        sets += sum(item.sets - item.sets_done for item in items)
        if items and not trained:
            days.append(each)
    return Missed(since, tuple(days), sets)
