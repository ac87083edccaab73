"""Plans and histories as documents for a machine to read, and lines for a person."""

from dataclasses import asdict
from typing import Any

from coreline.programme.day import DayPlan, Item, Offer
from coreline.programme.explain import Explained
from coreline.programme.life import Profile
from coreline.programme.sayings import Saying
from coreline.programme.wording import Speaker

SCHEMA = 1
_DECIMALS = 3


def profile_document(profile: Profile, *, ball_cm: int | None) -> dict[str, Any]:
    """Return a person as a document."""
    return {
        "id": profile.id,
        "name": profile.name,
        "language": profile.language,
        "start": profile.start.isoformat(),
        "height_m": profile.height_m,
        "ball_cm": ball_cm,
        "on_ball": sorted(profile.on_ball),
        "second_way": profile.second_way,
        "level_by": profile.level_by,
        "place": profile.place,
    }


def day_document(plan: DayPlan, speaker: Speaker) -> dict[str, Any]:
    """Return a day's plan as a document."""
    return {
        "day": plan.day.isoformat(),
        "kind": str(plan.kind),
        "week": plan.week,
        "level": plan.level_id,
        "complete": plan.complete,
        "whole_s": round(plan.whole_s),
        "left_s": round(plan.left_s),
        "items": [_item(item) for item in plan.items],
        "why": [saying_document(each, speaker) for each in plan.why],
        "notes": [saying_document(each, speaker) for each in plan.notes],
        "offers": [_offer(each, speaker) for each in plan.offers],
        "question": _question(plan, speaker),
        "plan": None if plan.plan.says_nothing else plan.plan.model_dump(mode="json"),
        "missed": _missed(plan),
    }


def explained_document(explained: Explained, speaker: Speaker) -> dict[str, Any]:
    """Return why an exercise is there on a day, or is not."""
    return {
        "exercise": explained.exercise_id,
        "asked": explained.asked,
        "sides": list(explained.sides),
        "dose": explained.dose.model_dump(),
        "reasons": [
            {"code": each.code, "text": speaker.reason(each)} for each in explained.reasons
        ],
    }


def saying_document(saying: Saying, speaker: Speaker) -> dict[str, Any]:
    """Return a saying with its code, blanks and words."""
    return {"code": saying.code, "fill": plain(dict(saying.fill)), "text": speaker.say(saying)}


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days as text, numbers rounded to a thousandth."""
    match value:
        case float():
            return round(value, _DECIMALS)
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case list() | tuple() | frozenset():
            return [plain(each) for each in value]
        case None | bool() | int():
            return value
        case _:
            return str(value)


def _item(item: Item) -> dict[str, Any]:
    return {
        "exercise": item.exercise_id,
        "side": item.side,
        "sets": item.sets,
        "prescribed": item.prescribed,
        "dose": item.dose.model_dump(),
        "done": plain(item.done),
        "surface": str(item.surface),
        "instead_of": item.instead_of,
        "skipped": plain(item.skipped),
        "prescribed_by": item.prescribed_by,
        "note": item.note,
    }


def _offer(offer: Offer, speaker: Speaker) -> dict[str, Any]:
    return {
        "kind": str(offer.kind),
        "what": saying_document(offer.what, speaker),
        "why": saying_document(offer.why, speaker),
        "choice": plain(asdict(offer.choice)),
    }


def _question(plan: DayPlan, speaker: Speaker) -> dict[str, Any] | None:
    if plan.question is None:
        return None
    facts = [
        {"speaks": str(speaks), **saying_document(said, speaker)}
        for speaks, said in plan.question.facts
    ]
    return {"asks": saying_document(plan.question.asks, speaker), "facts": facts}


def _missed(plan: DayPlan) -> dict[str, Any] | None:
    return None if plan.missed is None else plain(asdict(plan.missed))
