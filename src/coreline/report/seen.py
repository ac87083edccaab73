"""How a set was seen, in plain sentences, and what that makes of how sure the judgement is."""

import math
from collections.abc import Iterable, Sequence

from coreline.placement.view import LEAST_WIDTH, YAW_ERROR_DEG, Hindrance, SetVisibility, lowered
from coreline.programme.spec import Confidence, Exercise
from coreline.report.model import Analysis
from coreline.report.wording import Wording


def hindrances_of(analyses: Iterable[Analysis]) -> tuple[Hindrance, ...]:
    """Return what hindered in any of the sets, each once."""
    found = {name for each in analyses if each.record.view for name in each.record.view.hindrances}
    return tuple(name for name in Hindrance if name in found)


def confidence_of(exercise: Exercise, analyses: Iterable[Analysis]) -> Confidence:
    """Return how sure the judgement of some sets of an exercise is."""
    return lowered(exercise.confidence, hindrances_of(analyses))


def view_sentences(analyses: Sequence[Analysis], w: Wording) -> Iterable[str]:
    """Yield what hindered, each once and with the number of the set in which it was worst."""
    views = [each.record.view for each in analyses if each.record.view is not None]
    for name in hindrances_of(analyses):
        hindered = [view for view in views if name in view.hindrances]
        yield w.own(f"view_{name}", **_fillings(name, hindered, w))
    if any(view.upside_down for view in views):
        yield w.own("view_upside_down")


def _fillings(name: Hindrance, views: Sequence[SetVisibility], w: Wording) -> dict[str, object]:
    """Return the numbers of one hindrance, in the view in which it was worst."""
    match name:
        case Hindrance.OBLIQUE:
            yaw_deg = max(abs(view.yaw_deg or 0.0) for view in views)
            return {"n": round(yaw_deg), "error": round(YAW_ERROR_DEG)}
        case Hindrance.FAR_AWAY:
            width = min(view.width_share for view in views if view.width_share is not None)
            # Rounded down: what is less than asked must not look like it.
            return {"share": math.floor(100.0 * width), "least": w.share(LEAST_WIDTH)}
        case Hindrance.CUT_OFF:
            worst = max(views, key=lambda view: view.missing[0].share)
            limbs = [
                w.own("limb_share", limb=w.own(f"limb_{each.limb}"), share=w.share(each.share))
                for each in worst.missing
            ]
            return {"limbs": w.listed(limbs)}
        case Hindrance.SECOND_PERSON:
            return {"n": max(view.persons or 0 for view in views)}
        case Hindrance.BLURRED:
            return {"share": w.share(max(view.blurred or 0.0 for view in views))}
        case Hindrance.LEGS_BEHIND:
            return {}


def lay(exercise: Exercise, analysis: Analysis, w: Wording) -> Iterable[str]:
    """Yield how the person lay.

    Of somebody who lies on the side the judging calls the upper side the near one.
    """
    if analysis.record.near_side not in ("left", "right"):
        return
    if exercise.view == "chest":
        under = "right" if analysis.record.near_side == "left" else "left"
        yield w.own(f"lying_{under}")
    else:
        yield w.own("near_side", side=w.own(f"near_{analysis.record.near_side}"))


def done_on(exercise: Exercise, sets: Sequence[Analysis], w: Wording) -> Iterable[str]:
    """Yield what it was done on, of an exercise that may be done on a ball."""
    known = dict.fromkeys(each.record.place for each in sets if each.record.place is not None)
    if known and exercise.judging is not None and exercise.judging.ball is not None:
        yield w.own("done_on", where=w.listed([w.own(f"on_{place}") for place in known]))
