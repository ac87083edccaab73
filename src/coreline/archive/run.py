"""A run over many clips: what was judged before is passed over, everything else is judged and kept.

No more is in memory than the clips that are being judged, whatever their number: contents are
looked at one by one as workers ask for more, and the tables are made from what was kept.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from coreline.archive.fetching import mark_of
from coreline.archive.judged import digest_of
from coreline.archive.kept import Kept, RunFolder
from coreline.archive.tasks import Clip, Outcome, Said, Settings, Task, task_of, without_secrets
from coreline.errors import BadSourceError, CorelineError
from coreline.files.writing import opened, write_pieces, write_text
from coreline.programme.language import Language
from coreline.programme.texts import TextBook
from coreline.report.archive_page import ClipResult, render_archive
from coreline.report.archive_rows import COLUMNS, attempts_in
from coreline.report.away import words_away
from coreline.report.export import table_text

Judges = Callable[[Iterable[Task]], Iterable[tuple[Task, Outcome]]]
_ROWS_TOGETHER: Final = 10_000  # of Parquet: a few megabytes


@dataclass(frozen=True, slots=True)
class Ended:
    """A clip of which it is known what came of it; `before` says that an earlier run judged it.

    `error` says why it was not judged, `notice` what is to be told although it was.
    """

    clip: Clip
    error: Said | None = None
    notice: str = ""
    before: bool = False


class Run:
    """A run over clips into a folder."""

    def __init__(
        self,
        clips: Sequence[Clip],
        settings: Settings,
        folder: RunFolder,
        tell: Callable[[Ended], None],
    ) -> None:
        """Take the clips, in the order in which they are judged; `tell` is told of each at once."""
        self._clips, self._settings, self._folder, self._tell = clips, settings, folder, tell
        self._keys: dict[int, str] = {}  # by the place of a clip
        self._errors: dict[int, Said] = {}
        self._same: dict[str, list[int]] = {}  # clips that wait for the same result, by its key

    def judge(self, judges: Judges) -> None:
        """Judge what was not judged before; each result is kept before it is told of.

        Args:
            judges: Yields what comes of tasks, in any order; it takes as many ahead as it likes.

        Raises:
            BadOutputError: A result cannot be written.
            CorelineError: Whoever is to judge is not like the others.
        """
        for task, outcome in judges(self._tasks()):
            if outcome.differs:
                raise _differs(outcome)
            self._folder.keep(task, outcome)
            for place in self._same.pop(task.key, ()):
                if outcome.error is not None:
                    self._errors[place] = outcome.error
                self._tell(Ended(self._clips[place], outcome.error, outcome.notice))

    def _tasks(self) -> Iterator[Task]:
        """Yield what is to be judged; what was judged before is told of, and a twin waits."""
        for place, clip in enumerate(self._clips):
            try:
                task = task_of(clip, _mark(clip), self._settings)
            except CorelineError as error:
                self._errors[place] = said = (str(error), error.in_("nl"))
                self._tell(Ended(clip, said))
                continue
            self._keys[place] = task.key
            if task.key in self._same:
                self._same[task.key].append(place)
            elif (kept := self._folder.kept(task.key)) is not None:
                self._tell(Ended(clip, kept.error, kept.notice, before=True))
            else:
                self._same[task.key] = [place]
                yield task

    def write_tables(self, words: TextBook, *, parquet: bool) -> list[ClipResult]:
        """Write the page over all reports and the tables, and return what is on the page.

        Raises:
            BadOutputError: One cannot be written.
        """
        language, away = self._settings.language, False
        results: list[ClipResult] = []
        for clip, kept, error in self._all():
            away = away or (kept is not None and kept.away)
            results.append(_result(clip, kept, error, self._folder, language))
        words = words_away(words) if away else words
        write_text(self._folder.index, render_archive(results, words, language))
        write_pieces(self._folder.table, table_text(tuple(COLUMNS), self._attempts(), language))
        if parquet:
            _write_parquet(self._folder.typed_table, self._attempts())
        return results

    def _all(self) -> Iterator[tuple[Clip, Kept | None, Said | None]]:
        """Yield every clip with what is kept of it, read one by one."""
        for place, clip in enumerate(self._clips):
            key = self._keys.get(place)
            kept = self._folder.kept(key) if key is not None else None
            error = self._errors.get(place) or (kept.error if kept is not None else None)
            yield clip, kept, error

    def _attempts(self) -> Iterator[dict[str, Any]]:
        for clip, kept, _ in self._all():
            if kept is not None and kept.document is not None:
                asked = clip.asked
                known = {"clip": clip.name, "person": asked.person, "height_m": asked.height_m}
                yield from attempts_in(kept.document, known)


def can_write_parquet() -> bool:
    """Say whether what writes Parquet is installed."""
    try:
        import_module("pyarrow.parquet")
    except ImportError:
        return False
    return True


def _mark(clip: Clip) -> str:
    """Return what a clip's content is known by; where nothing tells of a change, by nothing.

    Raises:
        BadSourceError: It cannot be looked at.
    """
    if not clip.is_remote:
        return digest_of(Path(clip.where))
    return mark_of(clip.where) or f"unknown:{secrets.token_hex(16)}"


def _result(
    clip: Clip, kept: Kept | None, error: Said | None, folder: RunFolder, language: Language
) -> ClipResult:
    if kept is None or kept.row is None:
        en, nl = error or ("was not judged", "is niet beoordeeld")
        said = (nl if language == "nl" else en).removeprefix(f"{without_secrets(clip.where)}: ")
        return ClipResult(clip.name, clip.asked.person, error=said)
    return ClipResult(clip.name, clip.asked.person, folder.link(kept), kept.row)


def _differs(outcome: Outcome) -> BadSourceError:
    en, nl = outcome.error or ("", "")
    return BadSourceError(
        f"this computer {en}; the program changed meanwhile, begin again",
        nl=f"deze computer {nl}; het programma is intussen veranderd, begin opnieuw",
    )


def _write_parquet(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    """Write the attempts with their types, some at a time."""
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    types = {str: arrow.string(), float: arrow.float64(), int: arrow.int64(), bool: arrow.bool_()}
    schema = arrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    with opened(path) as file, parquet.ParquetWriter(file, schema) as writer:
        together: list[dict[str, Any]] = []
        for row in rows:
            together.append(row)
            if len(together) == _ROWS_TOGETHER:
                writer.write_table(arrow.Table.from_pylist(together, schema=schema))
                together.clear()
        writer.write_table(arrow.Table.from_pylist(together, schema=schema))
