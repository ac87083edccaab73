"""What the person took back, said where it would have stood; none of it is in any number."""

from collections.abc import Iterable, Sequence

from coreline.programme.catalogue import Catalogue
from coreline.programme.life import TakenBack, TakenKind
from coreline.report.wording import Wording

_DAYS = 3  # the latest ones; more are not read
# What is counted together, and by which word. The advice goes along with an answer about pain.
_WORDS: Sequence[tuple[str, frozenset[TakenKind]]] = (
    ("session", frozenset({TakenKind.SESSION})),
    ("set", frozenset({TakenKind.SET})),
    ("pain", frozenset({TakenKind.PAIN})),
    ("skip", frozenset({TakenKind.SKIP})),
    (
        "choice",
        frozenset({TakenKind.LEVEL, TakenKind.EASIER, TakenKind.REST, TakenKind.PLAN}),
    ),
)


def taken_back_notes(taken: Sequence[TakenBack], catalogue: Catalogue, w: Wording) -> Iterable[str]:
    """Yield the sentence about what was taken back, if anything was."""
    parts = [
        part
        for word, kinds in _WORDS
        if (part := _part(word, [each for each in taken if each.kind in kinds], catalogue, w))
    ]
    if parts:
        days = sorted({each.on for each in taken})[-_DAYS:]
        yield w.own("taken_back", days=w.listed([w.day(day) for day in days]), what=w.listed(parts))


def _part(word: str, taken: Sequence[TakenBack], catalogue: Catalogue, w: Wording) -> str:
    """Return how many of a kind, and of which exercises."""
    if not taken:
        return ""
    one = w.own(f"taken_back_{word}") if len(taken) == 1 else ""
    said = one or w.own(f"taken_back_{word}s", n=len(taken))
    names = dict.fromkeys(
        catalogue.get(each.exercise_id).name.in_(w.language)
        for each in taken
        if each.exercise_id is not None and each.exercise_id in catalogue
    )
    return f"{said} ({', '.join(names)})" if names else said


def session_taken_back(taken: Sequence[TakenBack], w: Wording) -> str:
    """Return the sentence that the whole session was taken back; nothing where it was not."""
    days = [each.on for each in taken if each.kind is TakenKind.SESSION]
    return w.own("taken_back_whole", day=w.day(days[-1])) if days else ""
