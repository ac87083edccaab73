"""What the judging should reach with people it was not set on, and whether it does; pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.judged_people import Judged
from tools.people_tables import exercise_rows, is_far
from tools.summaries import Summary, summary_of
from tools.tables import number, percent

MOST_P95_DEG = 4.0
Pick = Callable[[Judged], bool]


@dataclass(frozen=True, slots=True)
class Aim:
    """How good a figure should be: at least or at most so much.

    Attributes:
        what: in words.
        value: the figure, None where there was nothing to measure.
        show: how it is written.
        limit: what should be reached.
        least: the figure should be at least that, else at most.
        of: which clips count.
    """

    what: str
    value: Callable[[Summary], float | None]
    show: Callable[[float], str]
    limit: float
    least: bool = False
    of: Pick = lambda _clip: True

    def outcome(self, clips: Sequence[Judged]) -> str:
        """Return whether it is met, with the figure."""
        chosen = [each for each in clips if self.of(each)]
        value = self.value(summary_of(chosen)) if chosen else None
        if value is None:
            return f"- {self.what}: not measured"
        met = value >= self.limit if self.least else value <= self.limit
        return f"- {self.what}: {'met' if met else '**missed**'} ({self.show(value)})"


def _share(value: float) -> str:
    return number(value, 3)


def _percent(value: float) -> str:
    return percent(value)


def _seconds(value: float) -> str:
    return f"{number(value, 2)} s"


def _degrees(value: float) -> str:
    return f"{number(value)}°"


def on_floor(clip: Judged) -> bool:
    """Say whether it is done on the floor, the leg that works near the camera."""
    return clip.labels["place"] == "floor" and not is_far(clip)


def on_ball(clip: Judged) -> bool:
    """Say whether it is done on a ball."""
    return clip.labels["place"] == "ball"


AIMS = (
    Aim("exact on the floor ≥ 95 %", lambda s: s.exact_share, _percent, 0.95, True, on_floor),
    Aim("exact on the ball ≥ 90 %", lambda s: s.exact_share, _percent, 0.9, True, on_ball),
    Aim(
        "exact with the raised leg far from the camera ≥ 90 %",
        lambda s: s.exact_share,
        _percent,
        0.9,
        True,
        is_far,
    ),
    Aim("precision of the reasons ≥ 0.95", lambda s: s.reasons.precision, _share, 0.95, True),
    Aim("recall of the reasons ≥ 0.95", lambda s: s.reasons.recall, _share, 0.95, True),
    Aim("precision of the faults ≥ 0.95", lambda s: s.faults.precision, _share, 0.95, True),
    Aim("recall of the faults ≥ 0.95", lambda s: s.faults.recall, _share, 0.95, True),
    Aim("nothing counted that was none", lambda s: float(s.invented), lambda v: f"{v:.0f}", 0.0),
    Aim("seconds in line off by ≤ 0.25 s on average", lambda s: s.held_mean_s, _seconds, 0.25),
    Aim("seconds in line off by ≤ 0.5 s at worst", lambda s: s.held_worst_s, _seconds, 0.5),
    Aim("p95 of the line's change ≤ 4°", lambda s: s.p95_deg, _degrees, MOST_P95_DEG),
)


def outcomes(clips: Sequence[Judged], order: Sequence[str]) -> str:
    """Return each aim and whether it is met, as a Markdown list."""
    lines = [aim.outcome(clips) for aim in AIMS]
    far = [
        f"{name} ({number(row.p95_deg)}°)"
        for name, row in list(exercise_rows(clips, order).items())[:-1]
        if row.p95_deg is not None and row.p95_deg > MOST_P95_DEG
    ]
    where = [f"- where it is more: {', '.join(far)}"] if far else []
    return "\n".join([*lines, *where])
