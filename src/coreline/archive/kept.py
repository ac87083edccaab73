"""The folder of a run: what was judged is in it, a file a clip, and one run at a time writes there.

    OUT/results/KEY.json         what came of a clip: its facts, or one line of why not
    OUT/reports/NAME-KEY.html    its form report
    OUT/index.html               the page over all reports of the last run
    OUT/repetitions.csv          every attempt of the last run; .parquet on request
    OUT/.lock                    held while a run writes

The report is written before the result, each whole or not at all: a result that is there has its
report, and what a run was killed over counts as not begun. The key is made of all that a result
depends on, so that a result is never taken for that of another clip, program or model.
"""

import os
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coreline.archive.tasks import Outcome, Task
from coreline.closing import Closing
from coreline.errors import BadOutputError
from coreline.files.folders import make_folder
from coreline.files.locking import TAKEN, take
from coreline.files.reading import is_file, is_folder, read_file
from coreline.files.writing import OWNER_ONLY_FILE, refusal, write_text
from coreline.limits import MEGABYTE
from coreline.printable import as_json, printable

SCHEMA: Final = 1
_RESULT_BYTES: Final = 64 * MEGABYTE  # of two hours of repetitions it has a tenth
_KEY_SHOWN: Final = 12  # hexadecimal digits: two clips in a million million have the same
_NAME_SIGNS: Final = 60  # of four bytes at most, which with the key fit into every file system


class Kept(BaseModel):
    """What is kept of a clip: the facts and what the tables say, or why it was not judged."""

    model_config = ConfigDict(frozen=True, strict=True, populate_by_name=True)

    schema_: int = Field(alias="schema")
    key: str
    file: str
    away: bool
    document: dict[str, Any] | None
    row: dict[str, Any] | None
    report: str
    notice: str
    error: tuple[str, str] | None


class RunFolder(Closing):
    """The folder of a run, which no other run writes in until this one lets go."""

    def __init__(self, folder: Path) -> None:
        """Make the folder where it is missing, and take it.

        Raises:
            BadOutputError: Another run has it, it holds a page or a table that is not of a run, or
                it cannot be made or written in.
        """
        self.folder = folder
        self._handle = -1
        self._refuse_what_no_run_wrote()
        try:
            for each in (folder, self._results, self._reports):
                make_folder(each)
            self._handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, OWNER_ONLY_FILE)
        except OSError as error:
            raise refusal(folder, error) from error
        try:
            take(self._handle)
        except OSError as error:
            self.close()
            if error.errno in TAKEN:
                raise BadOutputError(
                    f"{folder}: another run writes here; wait for it, or give another --out",
                    nl=f"{folder}: een andere ronde schrijft hier; wacht daarop, of geef een "
                    "andere --out",
                ) from error
            raise refusal(folder, error) from error

    def _refuse_what_no_run_wrote(self) -> None:
        """Raise where a file of somebody's own would be written over, such as a page of a site."""
        if is_folder(self._results):
            return
        for each in (self.index, self.table, self.typed_table):
            if is_file(each):
                raise BadOutputError(
                    f"{each}: is not of a run, and would be written over; give another --out",
                    nl=f"{each}: is niet van een ronde, en zou overschreven worden; geef een "
                    "andere --out",
                )

    @property
    def index(self) -> Path:
        """Return where the page over all reports is."""
        return self.folder / "index.html"

    @property
    def table(self) -> Path:
        """Return where every attempt is, as CSV."""
        return self.folder / "repetitions.csv"

    @property
    def typed_table(self) -> Path:
        """Return where every attempt is, as Parquet."""
        return self.folder / "repetitions.parquet"

    def close(self) -> None:
        """Let go; the file stays, since removing it would let two runs in."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def kept(self, key: str) -> Kept | None:
        """Return what is kept of a clip; None where there is nothing whole."""
        try:
            text = read_file(self._result(key), _RESULT_BYTES)
            kept = Kept.model_validate_json(text, strict=True)
        except (OSError, ValidationError):
            return None
        if kept.schema_ != SCHEMA or kept.key != key:
            return None
        if kept.report and not (self._reports / kept.report).is_file():
            return None
        return kept

    def keep(self, task: Task, outcome: Outcome) -> None:
        """Write what came of a clip; the same again changes nothing.

        Of one that failed although it is not at fault nothing is written: it is tried again.

        Raises:
            BadOutputError: It cannot be written.
        """
        if outcome.error is not None and not outcome.lasts:
            return
        report = ""
        if outcome.report:
            report = f"{_safe(task.clip.file)}-{task.key[:_KEY_SHOWN]}.html"
            write_text(self._reports / report, outcome.report)
        kept = Kept(
            schema_=SCHEMA,
            key=task.key,
            file=task.clip.file,
            away=task.settings.away,
            document=outcome.document,
            row=outcome.row,
            report=report,
            notice=outcome.notice,
            error=outcome.error,
        )
        write_text(self._result(task.key), as_json(kept.model_dump(by_alias=True)) + "\n")

    def link(self, kept: Kept) -> str:
        """Return where a report is, from the page over all of them."""
        return f"{self._reports.name}/{kept.report}" if kept.report else ""

    @property
    def _results(self) -> Path:
        return self.folder / "results"

    @property
    def _reports(self) -> Path:
        return self.folder / "reports"

    def _result(self, key: str) -> Path:
        return self._results / f"{key}.json"


def _safe(name: str) -> str:
    """Return the name of a clip as the name of a page: letters, digits and a few signs."""
    stem = name.rpartition(".")[0] or name
    kept = "".join(each if each.isalnum() or each in "-_ " else "-" for each in stem)
    return printable(kept)[:_NAME_SIGNS].strip(" -") or "clip"
