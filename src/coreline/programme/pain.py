"""What to do with pain: the handout's four rules, and nothing beyond them. It never diagnoses.

1. In the first three weeks a slight rise is normal: say so.
2. An exercise that hurts badly is skipped (and an easier one offered next time: `offers`).
3. With marked pain, a few days of rest are offered.
4. Pain that does not go away, or soon comes back after the restart: contact the sports physician.

Which score is bad, marked or slight, and which day is soon, is in `programme.toml` (`pain.rules`).
Scores are the person's own, 0 to 10; what was felt at the first answer of all counts as what was
there before, so that complaints back at that are gone, unless they were marked even then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coreline.programme.diary import Diary, Rest, is_overall
from coreline.programme.level import WEEK
from coreline.programme.life import Life, PainMoment, PainNoted
from coreline.programme.sayings import Saying, say
from coreline.programme.spec import PainRules, Programme


class ContactReason(StrEnum):
    """Why to contact the sports physician."""

    STAYS = "stays"  # the pain does not go away
    RETURNS = "returns"  # it came back soon after the restart


@dataclass(frozen=True, slots=True)
class Contact:
    """The advice to contact the sports physician.

    `since` is the day of the answer that called for it; `aloud` says that it has not been said yet:
    whoever says it writes `AdviceGiven`. Reports repeat it as long as it stands.
    """

    reason: ContactReason
    since: date
    aloud: bool


@dataclass(frozen=True, slots=True)
class PainAdvice:
    """What the rules make of how much it hurts.

    `skip_id` is the exercise to skip now. `rest_days` are offered, never imposed. `sayings` has
    all of it in words, the most important first.
    """

    skip_id: str | None = None
    rest_days: int | None = None
    reassure: bool = False
    contact: Contact | None = None
    sayings: tuple[Saying, ...] = ()


def ask_before(life: Life, day: date) -> bool:
    """Say whether to ask how much it hurts before a session: not yet asked today."""
    return not any(each.day == day and each.moment is PainMoment.BEFORE for each in life.pains)


def ask_after(life: Life, day: date) -> bool:
    """Say whether to ask after a session: something was done today, and it was not asked yet."""
    trained = any(each.day == day for each in life.sets)
    asked = any(each.day == day and each.moment is PainMoment.AFTER for each in life.pains)
    return trained and not asked


def advice_after(programme: Programme, life: Life, noted: PainNoted) -> PainAdvice:
    """Return what follows from an answer just given; `life` may hold it as its last or not yet."""
    if not life.pains or life.pains[-1] != noted:
        life = replace(life, pains=(*life.pains, noted))
    diary = Diary(life)
    advice = pain_in(programme, diary, noted.day)
    hurts = not is_overall(noted) and noted.score >= programme.pain.rules.hurts_badly_from
    if not hurts:
        return advice
    sayings = (*_contact_sayings(advice.contact), say("pain.skip"), *advice.sayings)
    return replace(advice, skip_id=noted.exercise_id, sayings=tuple(dict.fromkeys(sayings)))


def pain_today(programme: Programme, life: Life, day: date) -> PainAdvice:
    """Return what the answers up to this day ask for on it."""
    return pain_in(programme, Diary(life), day)


def pain_in(programme: Programme, diary: Diary, day: date) -> PainAdvice:
    """Return what the answers of a life that is sorted already ask for on a day."""
    rules = programme.pain.rules
    overall = diary.overall_until(day)
    contact = contact_in(programme, diary, day)
    latest = overall[-1] if overall and (day - overall[-1].day).days <= 1 else None
    marked = latest is not None and latest.score >= rules.marked_from
    reassure = _is_slight_rise(programme, diary, overall, day) and contact is None
    advice = PainAdvice(
        rest_days=rules.rest_days if marked and diary.rest_on(day) is None else None,
        reassure=reassure,
        contact=contact,
    )
    return replace(advice, sayings=tuple(_sayings(advice, latest, rules)))


def _sayings(advice: PainAdvice, latest: PainNoted | None, rules: PainRules) -> Iterator[Saying]:
    """Yield the handout's sentences that hold now."""
    yield from _contact_sayings(advice.contact)
    if advice.rest_days is not None:
        yield say("pain.rest")
    elif advice.reassure:
        yield say("pain.may_rise")
    elif latest is not None and rules.mind_from <= latest.score < rules.marked_from:
        yield say("pain.skip")
        yield say("pain.rest")


def _contact_sayings(contact: Contact | None) -> tuple[Saying, ...]:
    if contact is None:
        return ()
    return (say(f"contact.{contact.reason}", since=contact.since), say("pain.contact"))


def _is_slight_rise(
    programme: Programme, diary: Diary, overall: Sequence[PainNoted], day: date
) -> bool:
    """Say whether today's answer is a little above the first or the one before, in the first weeks.

    One that is far above the first is no slight rise, however slowly it came.
    """
    rules = programme.pain.rules
    days = (day - diary.profile.start).days
    if len(overall) < 2 or overall[-1].day != day:  # noqa: PLR2004
        return False
    if not 0 <= days < programme.pain.may_rise_weeks * WEEK:
        return False
    now, before, first = overall[-1].score, overall[-2].score, overall[0].score
    slight = now - first <= rules.slight_rise_to and now - before <= rules.slight_rise_to
    return slight and now > min(first, before) and now < rules.marked_from


# Contact


def contact_advice(programme: Programme, life: Life, day: date) -> Contact | None:
    """Return the advice to contact the sports physician, while it stands."""
    return contact_in(programme, Diary(life), day)


def contact_in(programme: Programme, diary: Diary, day: date) -> Contact | None:
    """Return the advice that stands on a day, from a life that is sorted already."""
    rules = programme.pain.rules
    calls = _calls(rules, diary, day)
    if not calls or (day - calls[-1].day).days > rules.stands_days:
        return None
    first = calls[0]
    return Contact(first.reason, first.day, _is_unsaid(rules, diary, first.cause, day))


def _is_unsaid(rules: PainRules, diary: Diary, cause: date, day: date) -> bool:
    """Say whether the advice has not been given for this cause yet, or is due again."""
    given = [each.day for each in diary.life.advice if cause <= each.day <= day]
    if not given:
        return True
    again = rules.say_again_days
    return again is not None and (day - max(given)).days >= again


@dataclass(frozen=True, slots=True)
class _Call:
    """An answer that calls for contact: `cause` is the rest's end, or the first marked pain."""

    day: date
    reason: ContactReason
    cause: date


def _calls(rules: PainRules, diary: Diary, day: date) -> list[_Call]:
    """Return the answers that call for contact, since the complaints were last gone."""
    answers = diary.pains_until(day)
    gone_to = _gone_to(rules, answers)
    rests = [each for each in diary.rests_until(day) if _was_for_pain(rules, diary, each)]
    calls: list[_Call] = []
    episode = _Episode(rules)
    for noted in answers:
        if is_overall(noted) and noted.score <= gone_to:
            calls, episode = [], _Episode(rules, was_gone=True)
        elif is_overall(noted) or _is_bad(rules, noted):
            episode.go_on(noted)
            call = _after_rest(rules, diary, rests, noted, was_gone=episode.was_gone)
            call = call or episode.lasting(noted)
            calls += [call] if call else []
            episode.was_gone = episode.was_gone and not _is_bad(rules, noted)
    return calls


@dataclass(slots=True)
class _Episode:
    """Complaints from when they were marked until they are gone, or nothing is heard of them.

    `was_gone` says that they were gone since it last hurt badly.
    """

    rules: PainRules
    was_gone: bool = False
    since: date | None = None
    heard: date | None = None

    def go_on(self, noted: PainNoted) -> None:
        """Take in an answer; a single exercise that hurts is skipped, and says nothing of them."""
        if not is_overall(noted):
            return
        silent = self.heard is not None and (noted.day - self.heard).days > self.rules.stands_days
        if self.since is None or silent:
            self.since = noted.day if _is_bad(self.rules, noted) else None
        self.heard = noted.day

    def lasting(self, noted: PainNoted) -> _Call | None:
        """Return the call of pain that was marked and is still there after so long."""
        if self.since is None or not is_overall(noted):
            return None
        days = (noted.day - self.since).days
        stays = days >= self.rules.lasting_days
        return _Call(noted.day, ContactReason.STAYS, self.since) if stays else None


def _gone_to(rules: PainRules, answers: Sequence[PainNoted]) -> int:
    """Return the score at or below which the complaints are gone, or back to what they were."""
    first = next((each.score for each in answers if is_overall(each)), 0)
    return max(rules.gone_to, first) if first < rules.marked_from else rules.gone_to


def _is_bad(rules: PainRules, noted: PainNoted) -> bool:
    limit = rules.marked_from if is_overall(noted) else rules.hurts_badly_from
    return noted.score >= limit


def _after_rest(
    rules: PainRules,
    diary: Diary,
    rests: Sequence[Rest],
    noted: PainNoted,
    *,
    was_gone: bool,
) -> _Call | None:
    """Return the call of pain after a rest: not gone, or gone and marked again soon."""
    rest = next((each for each in reversed(rests) if each.last < noted.day), None)
    if rest is None:
        return None
    restart = diary.trained_from(rest.last + timedelta(days=1))
    if restart is not None and (noted.day - restart).days >= rules.soon_days:
        return None
    if not was_gone:
        return _Call(noted.day, ContactReason.STAYS, rest.last)
    return _Call(noted.day, ContactReason.RETURNS, rest.last) if _is_bad(rules, noted) else None


def _was_for_pain(rules: PainRules, diary: Diary, rest: Rest) -> bool:
    """Say whether a rest followed marked pain, rather than being a holiday."""
    since = rest.first - timedelta(days=rules.soon_days)
    return any(
        since <= noted.day <= rest.last and _is_bad(rules, noted)
        for noted in diary.pains_until(rest.last)
    )
