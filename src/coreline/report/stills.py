"""What is to be improved as pictures: wrong beside right, done by somebody rendered."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from coreline.files.demonstrations import BODIES, TOP, Shown, still_file
from coreline.judging.ready import Place
from coreline.programme.facing import is_head_right, is_head_right_near
from coreline.programme.spec import Exercise
from coreline.report.model import Analysis
from coreline.report.numbers import FrequentFault
from coreline.report.parts import Still
from coreline.report.wording import Wording
from coreline.session.record import SetRecord


def stills_of(
    trouble: FrequentFault, exercise: Exercise, analyses: Sequence[Analysis], w: Wording
) -> tuple[Still, ...]:
    """Return wrong and right, as the camera saw that side; nothing where no picture shows it."""
    records = [each.record for each in analyses if each.record.exercise_id == exercise.id]
    ball = any(record.place is Place.BALL for record in records)
    shown = Shown(exercise.id, BODIES[exercise.place % len(BODIES)], ball)
    if still_file(shown, trouble.code) is None:
        return ()
    turned = _is_turned(trouble, exercise, records)
    name = w.code(trouble.table, trouble.code)
    captions = {trouble.code: w.own("still_wrong", name=name), TOP: w.own("still_right")}
    return tuple(_stills(shown, captions, turned=turned))


def _is_turned(trouble: FrequentFault, exercise: Exercise, records: Sequence[SetRecord]) -> bool:
    """Say whether the head is at the right: by the side that works, or else as somebody lay."""
    side = trouble.side or next((each.side for each in records if each.side), None)
    if side is not None:
        return is_head_right(exercise, side)
    near = next((each.near_side for each in records if each.near_side), None)
    return near is not None and is_head_right_near(exercise, near)


def _stills(shown: Shown, captions: dict[str, str], *, turned: bool) -> Iterator[Still]:
    for what, caption in captions.items():
        path = still_file(shown, what)
        if path is not None:
            yield Still("right" if what == TOP else "wrong", caption, _source(path), turned)


@lru_cache(maxsize=32)
def _source(path: Path) -> str:
    """Return a picture that the page brings with it, some 9 kB."""
    return f"data:image/webp;base64,{b64encode(path.read_bytes()).decode('ascii')}"
