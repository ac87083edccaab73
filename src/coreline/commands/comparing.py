"""`--compare`: two sessions, the sides of one, or two recordings against one another."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coreline.app.comparing import OneOfTwo, comparison
from coreline.commands.kept import chosen_session, kept_session
from coreline.data_files import load_programme, load_vocabulary, words_with
from coreline.errors import BadDataError, UnknownSessionError
from coreline.files.writing import write_text
from coreline.journal.database import Journal
from coreline.journal.undo import taken_back, told_of
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.life import Profile
from coreline.programme.spec import Exercise
from coreline.programme.typed import meant
from coreline.report.compare import Compared, Rule, compare_table
from coreline.report.compare_page import by_sides, in_both, render_comparison
from coreline.report.export import KeptSession
from coreline.report.model import Analysis
from coreline.report.tables import TableRow
from coreline.report.wording import Wording

_SIDES = {"left", "right"}


def compared_sessions(
    journal: Journal,
    profile: Profile,
    names: tuple[str, str],
    session: str | None,
    catalogue: Catalogue,
    language: Language,
) -> tuple[str, str]:
    """Return the page of a comparison, and what its file is called.

    Args:
        journal: Where they are kept.
        profile: Whose they are.
        names: Two sessions, or left and right.
        session: Whose sides they are; None for the last, or for two sessions.
        catalogue: Every exercise.
        language: Of the page.

    Raises:
        UnknownSessionError: There is no such session, or nothing to compare in them.
        BadDataError: Two sessions were named, and a third one, or one of them twice.
    """
    if {_side(each) for each in names} == _SIDES:
        return _sides_of(_kept(journal, profile, session or "last"), names, catalogue, language)
    if session is not None:
        raise BadDataError(
            f"{session}: a session too many; name two after --compare, or left and right",
            nl=f"{session}: een training te veel; noem er twee na --compare, of links rechts",
        )
    first, second = (_kept(journal, profile, each) for each in names)
    if first.id == second.id:
        raise BadDataError(
            f"{names[0]} and {names[1]}: are the same session; name another one",
            nl=f"{names[0]} en {names[1]}: zijn dezelfde training; noem een andere",
        )
    both = (OneOfTwo(first.started_at, first.report), OneOfTwo(second.started_at, second.report))
    found = comparison(*both, catalogue, language, profile.name)
    if found is None:
        raise _nothing_in_common(names)
    return found


def _sides_of(
    kept: KeptSession, names: tuple[str, str], catalogue: Catalogue, language: Language
) -> tuple[str, str]:
    """Return the page of a session's sides against one another, and what its file is called."""
    words, one = words_with(catalogue), OneOfTwo(kept.started_at, kept.report)
    w = Wording(words, language)
    left, right = by_sides(kept.report.analyses, w)
    both = (left, right) if _side(names[0]) == "left" else (right, left)
    if not in_both(*both):
        raise _nothing_in_common(names)
    heading = " · ".join(filter(None, (kept.report.person, one.called(w))))
    page = render_comparison(both, catalogue, words, language, rule=Rule.SIDES, heading=heading)
    return page, f"compare-{one.file_name}-sides"


def _side(name: str) -> str | None:
    return meant(name, load_vocabulary().side)


def _kept(journal: Journal, profile: Profile, name: str) -> KeptSession:
    """Return the session of this name with all that was measured in it."""
    chosen = chosen_session(journal, profile, name)
    taken = told_of(taken_back(journal, profile.id))
    return kept_session(journal, chosen, journal.life(profile.id), load_programme(), taken)


def _nothing_in_common(names: tuple[str, str]) -> UnknownSessionError:
    return UnknownSessionError(
        f"{names[0]} and {names[1]}: have no exercise in common in which something was held or "
        "counted; choose two with the same exercise",
        nl=f"{names[0]} en {names[1]}: hebben geen oefening gemeen waarin iets is gehouden of "
        "geteld; kies er twee met dezelfde oefening",
    )


# Recordings


def compared_clips(
    clips: tuple[Path, Path], analyses: tuple[Analysis, Analysis]
) -> tuple[Compared, Compared]:
    """Return two recordings of one exercise as what is compared.

    Whichever leg was seen to work: the person who compares says that they belong together.

    Raises:
        UnknownSessionError: In one of them nothing was held or counted.
    """
    names = [each.source.file for each in analyses]
    if names[0] == names[1]:
        names = [str(clip) for clip in clips]
    first, second = (
        Compared(name, (replace(each, record=replace(each.record, side=None)),))
        for name, each in zip(names, analyses, strict=True)
    )
    if not in_both(first, second):
        raise _nothing_in_common((str(clips[0]), str(clips[1])))
    return first, second


def write_comparison(
    path: Path, both: tuple[Compared, Compared], catalogue: Catalogue, language: Language
) -> None:
    """Write the page of two recordings."""
    words = words_with(catalogue)
    write_text(path, render_comparison(both, catalogue, words, language))


def comparison_lines(
    both: tuple[Compared, Compared], exercise: Exercise, w: Wording
) -> Iterator[str]:
    """Yield the numbers of two recordings, a line each: name, A, B, difference, meaning."""
    sets = tuple(each.of(exercise.id, None) for each in both)
    table = compare_table(exercise, (sets[0], sets[1]), Rule.CHANGE, w)
    yield f"A: {both[0].name}   B: {both[1].name}"
    yield from (_line(each) for each in table.rows)


def _line(each: TableRow) -> str:
    first, second, gap = (cell.text.replace("\u00a0", " ") for cell in each.cells[1:])
    name, meaning = each.cells[0].text, each.cells[0].more.replace("\u00a0", " ")
    return f"  {name}: A {first}, B {second}, B \u2212 A {gap}: {meaning}"
