"""What happened to the journal, in words; the command line and the window say the same."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from coreline.journal.findings import Found, Loss, Lost, Mishap, Notices
from coreline.programme.texts import TextsIn

DAYS_NAMED: Final = 12  # of one kind and person in a line; coreline journal check names them all
Day = Callable[[date], str]
_CHANGED: Final = (Lost.ALTERED_SESSION, Lost.ALTERED_NOTES)
_TOLD: Final = {
    "missing": tuple(kind for kind in Lost if kind not in _CHANGED),
    "changed": _CHANGED,
}


def one_line(notices: Notices, words: TextsIn) -> str:
    """Return everything as one line for a terminal, with what to do; nothing where all is well."""
    parts = list(sentences(notices, words))
    if notices.readable:
        parts.append(words("notice.recover"))
    if notices.open:
        parts.append(words("notice.acknowledge"))
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)


def sentences(notices: Notices, words: TextsIn, day: Day = date.isoformat) -> Iterator[str]:
    """Yield what happened, and then what is missing, a sentence each; `day` says a day."""
    yield from (each.in_(words.language) for each in notices.passing)
    for mishap in notices.mishaps:
        yield "; ".join(_happened(mishap, words, day))
    for name, losses in groupby(notices.losses, key=lambda loss: loss.name):
        by_kind = list(losses)
        for code, kinds in _TOLD.items():
            told = [loss for loss in by_kind if loss.kind in kinds]
            if told:
                yield words(f"notice.{code}", name=name, what=", ".join(_what(told, words, day)))
    if notices.mishaps and not notices.losses:
        yield words("notice.nothing_missing")


def document(notices: Notices, words: TextsIn) -> dict[str, Any] | None:
    """Return the same for a machine to read; None where there is nothing to tell."""
    if not notices:
        return None
    return {
        "text": one_line(notices, words),
        "found": [_mishap_document(mishap) for mishap in notices.mishaps],
        "missing": [_loss_document(loss) for loss in notices.losses],
        "passing": [each.in_(words.language) for each in notices.passing],
    }


def _happened(mishap: Mishap, words: TextsIn, day: Day) -> Iterator[str]:
    """Yield the parts of the sentence about one mishap."""
    yield words(f"notice.{mishap.found}", day=day(mishap.day))
    if mishap.aside:
        yield words("notice.aside", file=mishap.aside)
    if mishap.restored is not None:
        yield words(
            "notice.restored" if mishap.of_file else "notice.from_backup", day=day(mishap.restored)
        )
    elif mishap.began_anew:
        yield words("notice.began_anew")
    from_file = mishap.of_file or mishap.found is Found.STRAY
    counts = {"saved" if from_file else "taken_back": mishap.saved}
    counts |= {"people": mishap.people, "partly": mishap.partly}
    for name, count in counts.items():
        if count:
            yield words(f"notice.{name}", count=count)


def _what(losses: Sequence[Loss], words: TextsIn, day: Day) -> Iterator[str]:
    """Yield what of one person it is, days of one kind together."""
    for kind, same in groupby(losses, key=lambda loss: loss.kind):
        days = list(dict.fromkeys(day(loss.day) for loss in same if loss.day is not None))
        named = ", ".join(days[-DAYS_NAMED:])
        if len(days) > DAYS_NAMED:
            named = words("notice.more_days", days=named, count=len(days) - DAYS_NAMED)
        code = "rows" if kind is Lost.ALTERED_NOTES and not days else kind.removeprefix("altered_")
        yield words(f"notice.lost_{code}", days=named)


def _mishap_document(mishap: Mishap) -> dict[str, Any]:
    return {
        "what": str(mishap.found),
        "day": mishap.day.isoformat(),
        "set_aside_as": mishap.aside or None,
        "restored_from": mishap.restored.isoformat() if mishap.restored else None,
        "sessions_saved": mishap.saved,
        "profiles_put_back": mishap.people,
        "sessions_readable_in_part": mishap.partly,
    }


def _loss_document(loss: Loss) -> dict[str, Any]:
    return {
        "what": str(loss.kind),
        "person": loss.name,
        "day": loss.day.isoformat() if loss.day else None,
        "count": loss.count,
    }
