"""A list of clips: a table that says of each what it is held against and who is in it.

The first row names the columns, in Dutch or English; `file` has to be there. Columns are parted by
commas, semicolons or tabs, as a spreadsheet of the person's language writes them. A cell that is
empty says nothing, so that what was typed for all clips holds.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from coreline.archive.tasks import Asked, Clip, is_address, without_secrets
from coreline.body.measures import Side
from coreline.data_files import load_vocabulary
from coreline.errors import BadDataError, CorelineError
from coreline.files.kinds import refuse_other_kind
from coreline.files.reading import as_text, read_file, reason_in_dutch
from coreline.judging.ready import Place
from coreline.limits import CLIP_LIST_BYTES, CLIPS
from coreline.printable import printable, why_no_name
from coreline.programme.ball import SHORTEST_M, TALLEST_M
from coreline.programme.typed import choice_of, length_typed

_DELIMITERS: Final = ";\t,"
_WANTED: Final = (
    "a list of clips; give a CSV file with a column file",
    "lijst van opnamen; geef een CSV-bestand met een kolom bestand",
)
_ANY: Final = "auto"  # of side and place, as on the command line
Names = Callable[[str], str]


def clips_listed(path: Path, folder: Path | None, usual: Asked, exercise_of: Names) -> list[Clip]:
    """Return the clips of a list, in its order.

    Args:
        path: The list.
        folder: Where the files lie that it names; None for beside the list.
        usual: What is asked of a clip of which the list says nothing.
        exercise_of: Returns the id of an exercise as people name it.

    Raises:
        BadDataError: It cannot be read, or a row is not right: says the file and the row.
    """
    rows = list(_rows(path))
    if not rows:
        raise _refused(path, 1, ("names no clip", "noemt geen opname"))
    within = path.parent if folder is None else folder
    clips: list[Clip] = []
    first_row: dict[str, int] = {}
    for number, row in rows:
        try:
            clip = _clip(row, within, usual, exercise_of)
        except CorelineError as error:
            raise _refused(path, number, (str(error), error.in_("nl"))) from error
        if (before := first_row.setdefault(clip.where, number)) != number:
            again = f"{clip.name}: stands in row {before} as well"
            raise _refused(path, number, (again, f"{clip.name}: staat ook al in rij {before}"))
        clips.append(clip)
    return clips


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each row, as a spreadsheet has it, and its cells by column."""
    text = _text(path)
    first_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    columns: list[str] = []
    try:
        for number, cells in enumerate(reader, 1):
            if not columns:
                columns = _columns(path, number, cells)
            elif any(cell.strip() for cell in cells):
                yield number, _row(path, number, columns, cells)
            if number > CLIPS:
                many = (f"{CLIPS} rows at most", f"hoogstens {CLIPS} rijen")
                raise _refused(path, number, many)
    except csv.Error as error:
        why = (f"is no row of a table ({error})", f"is geen rij van een tabel ({error})")
        raise _refused(path, number + 1, why) from error


def _text(path: Path) -> str:
    refuse_other_kind(path, BadDataError, _WANTED)
    try:
        return as_text(read_file(path, CLIP_LIST_BYTES), str(path))
    except OSError as error:
        raise BadDataError(
            f"{path}: {error.strerror or error}; give a CSV file with a column file",
            nl=f"{path}: {reason_in_dutch(error)}; geef een CSV-bestand met een kolom bestand",
        ) from error


def _columns(path: Path, number: int, cells: Sequence[str]) -> list[str]:
    """Return what each column is."""
    words = load_vocabulary().clip_key
    try:
        columns = [choice_of("column", cell, words) if cell.strip() else "" for cell in cells]
    except BadDataError as error:
        raise _refused(path, number, (str(error), error.in_("nl"))) from error
    if "file" not in columns:
        raise _refused(path, number, ("has no column file", "heeft geen kolom bestand"))
    twice = next((each for each in columns if each and columns.count(each) > 1), None)
    if twice is not None:
        said = words[twice].en[0], words[twice].nl[0]
        raise _refused(
            path, number, (f"has two columns {said[0]}", f"heeft twee kolommen {said[1]}")
        )
    return columns


def _row(path: Path, number: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        en = f"has {len(cells)} cells for {len(columns)} columns"
        raise _refused(
            path, number, (en, f"heeft {len(cells)} cellen voor {len(columns)} kolommen")
        )
    named = zip(columns, (cell.strip() for cell in cells), strict=False)
    return {column: cell for column, cell in named if column}


def _clip(row: Mapping[str, str], within: Path, usual: Asked, exercise_of: Names) -> Clip:
    """Return the clip of a row.

    Raises:
        CorelineError: A cell is not right.
    """
    said = {column: cell for column, cell in row.items() if cell}
    if "file" not in said:
        raise BadDataError("names no file", nl="noemt geen bestand")
    where = said["file"]
    place = where if is_address(where) else str(within / where)
    return Clip(place, without_secrets(where), _asked(said, usual, exercise_of))


def _asked(said: Mapping[str, str], usual: Asked, exercise_of: Names) -> Asked:
    words, asked = load_vocabulary(), usual
    if "exercise" in said:
        asked = replace(asked, exercise=exercise_of(said["exercise"]))
    if "side" in said:
        side = choice_of("side", said["side"], words.side)
        asked = replace(asked, side=None if side == _ANY else Side(side))
    if "place" in said:
        on = choice_of("on", said["place"], words.surface)
        asked = replace(asked, place=None if on == _ANY else Place(on))
    if "height" in said:
        height_m = length_typed("height", said["height"], SHORTEST_M, TALLEST_M)
        asked = replace(asked, height_m=height_m)
    if "person" in said:
        if why := why_no_name(said["person"]):
            raise BadDataError(f"person: {why[0]}", nl=f"persoon: {why[1]}")
        asked = replace(asked, person=said["person"])
    return asked


def _refused(path: Path, row: int, why: tuple[str, str]) -> BadDataError:
    en, nl = why
    name = printable(path)
    return BadDataError(f"{name}, row {row}: {en}", nl=f"{name}, rij {row}: {nl}")
