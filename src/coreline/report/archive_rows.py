"""Many clips in tables: a row a clip for the page over all of them, a row an attempt for others.

Both come from what was kept of each clip, so that no more than one is in memory at a time.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from coreline.data_files import load_sentences
from coreline.programme.catalogue import Catalogue
from coreline.programme.done import is_whole
from coreline.programme.spec import Exercise
from coreline.programme.wording import Speaker
from coreline.report.model import Analysis
from coreline.report.numbers import countable, done, set_score
from coreline.report.phrases import done_tile, refused, score_told, side_name
from coreline.report.sections import improvement_of
from coreline.report.summary import programme
from coreline.report.wording import Wording

# An attempt's columns and what each holds, by which a typed table is made.
COLUMNS: Final[Mapping[str, type]] = {
    "clip": str,
    "person": str,
    "height_m": float,
    "exercise": str,
    "side": str,
    "place": str,
    "attempt": str,
    "number": int,
    "start_s": float,
    "end_s": float,
    "top_s": float,
    "hold_s": float,
    "in_line_s": float,
    "counted": bool,
    "reasons": str,
    "direction": str,
    "peak_deg": float,
    "bend_mean_deg": float,
    "bend_worst_deg": float,
    "knee_min_deg": float,
    "seen_share": float,
    "line_score": float,
}
# What the same thing is called in the facts of a hold.
_OF_HOLD: Final = {
    "mean_bend_deg": "bend_mean_deg",
    "worst_bend_deg": "bend_worst_deg",
    "visible_share": "seen_share",
}
_KINDS: Final = {"holds": "hold", "repetitions": "repetition", "rotations": "rotation"}


def _name_of(exercise: Exercise, catalogue: Catalogue, w: Wording) -> str:
    """Return a name with that of its level: several are called alike, and stand side by side."""
    speaker = Speaker(load_sentences(), programme(), catalogue, w.language)
    if exercise.id not in catalogue:
        return exercise.name.in_(w.language)
    return speaker.exercise(exercise.id, full=True)


def row_of(
    analysis: Analysis, exercise: Exercise, catalogue: Catalogue, w: Wording
) -> dict[str, Any]:
    """Return what the tables say of a judged clip, in words and in numbers to sort by."""
    asked = analysis.record.prescribed
    amount, detail = done_tile(analysis, exercise, w)
    score, score_detail = score_told(set_score(analysis), w)
    whole = is_whole(done(analysis), asked)
    tried = countable(analysis)
    mend = improvement_of([analysis], catalogue, w, whole=whole)
    return {
        "exercise": _name_of(exercise, catalogue, w),
        "side": side_name(analysis.record.side, exercise, w),
        "done": amount,
        "done_detail": detail,
        "done_share": done(analysis) / asked if asked else 0.0,
        "refused_share": refused(tried) / len(tried) if tried else 0.0,
        "score": score,
        "score_detail": score_detail,
        "score_value": analysis.line_score,
        "improve": mend.sentence,
        "because": mend.because,
        "seen_share": analysis.source.found_share,
    }


def attempts_in(document: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every attempt of a clip's facts, in the order in which they began, as rows.

    Args:
        document: The facts, as `coreline analyze --json` writes them.
        known: What else stands in each of its rows: clip, person, height_m.
    """
    of_clip = {name: document[name] for name in ("exercise", "side", "place")}
    found = [(kind, each) for name, kind in _KINDS.items() for each in document[name]]
    counts = dict.fromkeys(_KINDS.values(), 0)
    for kind, each in sorted(found, key=lambda pair: pair[1]["start_s"]):
        counts[kind] += 1
        facts = {_OF_HOLD.get(name, name): value for name, value in each.items()}
        facts["reasons"] = " ".join(each["reasons"])
        facts.setdefault("counted", not each["reasons"])
        facts.setdefault("number", counts[kind])
        if kind == "hold":
            facts["hold_s"] = each["end_s"] - each["start_s"]
        row = {**known, **of_clip, "attempt": kind, **facts}
        yield {name: row.get(name) for name in COLUMNS}
