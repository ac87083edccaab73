"""What an attempt at a raise came to: counted, or refused with its reasons."""

from collections.abc import Sequence
from statistics import median

from coreline.body.lasting import lasting_s
from coreline.body.line import mean, mean_score, worst
from coreline.judging.attempt import Shape
from coreline.judging.events import Repetition
from coreline.judging.hold import LEAST_VISIBLE_SHARE
from coreline.judging.sightings import Sighting, longest_gap_s, top_of
from coreline.programme.rules import Judging, Raises

# A top held for less tells nothing of the person: so looks a leg that is stretched on the way into
# the position. The shortest raise of known people was held for 0.39 s.
_TELLS_S = 0.3


def reasons_of(
    raises: Raises,
    shape: Shape,
    own_level: float,
    held: bool | None,
    broken: Sequence[str],
    *,
    tapped: bool,
) -> tuple[str, ...]:
    """Return why an attempt is refused, in a fixed order; nothing of one that counts.

    Args:
        raises: How it is judged.
        shape: How it went.
        own_level: How high the person raises it.
        held: Whether the top was held for its time; None where that was not seen.
        broken: What of its form was not kept at the top.
        tapped: Whether the foot was put down before or after it.
    """
    if held is None:
        return ("not_seen",)
    reasons = [] if held else ["too_short"]
    reasons += broken
    if shape.level < max(raises.min_top, raises.too_low_share * own_level):
        reasons.append("too_low")
    if shape.level > raises.max_top:
        reasons.append("too_high")
    if not tapped:
        reasons.append("no_tap")
    return tuple(reasons)


def repetition_of(
    rules: Judging,
    number: int,
    moments: list[Sighting],
    shape: Shape,
    neutral_deg: float,
    reasons: tuple[str, ...],
) -> Repetition:
    """Return the fact of an attempt that is over.

    Args:
        rules: How it is judged, raises among them.
        number: Which one of the set it is, from 1.
        moments: All of it.
        shape: How it went.
        neutral_deg: The line that its top is judged from.
        reasons: Why it is refused; nothing of one that counts.
    """
    top = top_of(moments, shape)
    deviations = [moment.values[rules.line] - neutral_deg for moment in top]
    knees = [moment.values[rules.knee] for moment in top] if rules.knee else []
    signal = rules.signal or (rules.raises.motion if rules.raises else rules.line)
    seen_share = 1.0 - longest_gap_s(moments) / max(moments[-1].t_s - moments[0].t_s, 1e-6)
    scored = deviations if seen_share >= LEAST_VISIBLE_SHARE else []
    lasts_s = lasting_s([moment.t_s for moment in top]) if scored else []
    return Repetition(
        number=number,
        start_s=moments[0].t_s,
        top_s=shape.top_s,
        end_s=moments[-1].t_s,
        hold_s=shape.hold_s,
        counted=not reasons,
        reasons=reasons,
        peak_deg=median(moment.values[signal] for moment in top),
        bend_mean_deg=mean(scored, lasts_s),
        bend_worst_deg=worst(scored),
        knee_min_deg=min(knees) if knees else None,
        line_score=mean_score(scored, rules.bands[0].good_high, lasts_s),
    )


def tells(repetition: Repetition) -> bool:
    """Say whether an attempt was a raise, of which the person's own range and taps are learnt."""
    return repetition.hold_s >= _TELLS_S
