"""The whole journal, or one person's part of it, as one file: a database of the same schema."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from coreline.errors import JournalDamagedError, JournalError
from coreline.files.kinds import Kind, refuse_other_kind
from coreline.files.reading import check_file
from coreline.files.writing import make_file, write_bytes
from coreline.journal.admission import check_people, check_schema, check_sizes, limit_memory
from coreline.journal.backups import is_whole, remove
from coreline.journal.connecting import (
    MEMORY,
    connect,
    in_our_words,
    is_damage,
    said_of,
    transaction,
)
from coreline.journal.merging import merge
from coreline.journal.migrations import has_table, migrate, pending
from coreline.limits import JOURNAL_BYTES

_FIX, _FIX_NL = "give another file", "geef een ander bestand"
_EXPORTED, _EXPORTED_NL = "give one that was exported", "geef er een dat geëxporteerd is"
NO_JOURNAL: Final = (
    "a journal of Coreline; give one that coreline journal export wrote",
    "logboek van Coreline; geef er een dat coreline journal export schreef",
)


def export_to(source: sqlite3.Connection, path: Path, only: str | None = None) -> None:
    """Write everything, or what is `only` of one person, to a file; whole or not at all.

    Raises:
        BadOutputError: It cannot be written there.
    """
    with new_file(path) as target:
        merge(source, target, only)


@contextmanager
def new_file(path: Path) -> Iterator[sqlite3.Connection]:
    """Hand out an empty journal, within a transaction, that is written when all went well.

    It is built in memory: a pipe takes nothing else.

    Raises:
        BadOutputError: It cannot be written there.
    """
    with closing(connect(MEMORY)) as target:
        migrate(target)
        with transaction(target):
            yield target
        write_bytes(path, target.serialize())


@contextmanager
def incoming(path: Path, part: Path) -> Iterator[sqlite3.Connection]:
    """Hand out a copy, made at `part`, of a file that was exported; as this program makes them.

    Raises:
        JournalError: It is not a journal, is damaged, or a newer program's.
    """
    try:
        check_file(path, JOURNAL_BYTES)
    except FileNotFoundError as error:
        raise JournalError(
            f"{path}: no such file; {_EXPORTED}",
            nl=f"{path}: dit bestand is er niet; {_EXPORTED_NL}",
        ) from error
    except OSError as error:
        raise JournalError(
            f"{path}: {error.strerror or error}; {_EXPORTED}",
            nl=f"{path}: is niet te lezen; {_EXPORTED_NL}",
        ) from error
    refuse_other_kind(path, JournalError, NO_JOURNAL, {Kind.DATABASE})
    try:
        with _in_words_for_outside(path):
            copy = _copy(path, part)
        with in_our_words(path), closing(copy):
            yield copy
    finally:
        if part != MEMORY:
            remove(part)


@contextmanager
def _in_words_for_outside(path: Path) -> Iterator[None]:
    """Raise what is wrong with a file from outside in our words; no backup of ours is for it."""
    try:
        yield
    except JournalError as error:
        raise type(error)(f"{path}: {error}", nl=f"{path}: {error.in_('nl')}") from error
    except (sqlite3.Error, MemoryError) as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if isinstance(error, MemoryError) or code == sqlite3.SQLITE_TOOBIG:
            raise JournalError(
                f"{path}: holds more than a journal can; {_FIX}",
                nl=f"{path}: bevat meer dan een logboek kan; {_FIX_NL}",
            ) from error
        if is_damage(error):
            raise _damaged(path, error) from error
        raise said_of(path, error) from error
    except OSError as error:
        raise said_of(path, error) from error
    except ValueError as error:  # a day that is none, a text that is none
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> JournalDamagedError:
    return JournalDamagedError(
        f"{path}: is damaged ({error}); {_FIX}", nl=f"{path}: is beschadigd; {_FIX_NL}"
    )


def _copy(path: Path, part: Path) -> sqlite3.Connection:
    with closing(_source(path)) as source:
        _admit(source)
        if part != MEMORY:
            make_file(part)
        copy = connect(part)
        try:
            source.backup(copy)
            migrate(copy)
            check_people(copy)
        except BaseException:
            copy.close()
            raise
        return copy


def _admit(source: sqlite3.Connection) -> None:
    """Refuse a file that is not a journal as one of our steps left it.

    Raises:
        JournalDamagedError: It was one.
        JournalError: It is none, or a newer program's.
    """
    if not has_table(source, "migration"):
        raise JournalError(
            f"is not a journal of Coreline; {_FIX}", nl=f"is geen logboek van Coreline; {_FIX_NL}"
        )
    if not is_whole(source):
        raise JournalDamagedError(
            "is damaged; give another copy", nl="is beschadigd; geef een andere kopie"
        )
    pending(source)
    check_schema(source)
    check_sizes(source)


def _source(path: Path) -> sqlite3.Connection:
    """Return a connection to the file as it is, without so much as a file beside it."""
    beside = path.with_name(f"{path.name}-wal")
    connection = connect(path, read_only=True, immutable=not beside.is_file())
    limit_memory(connection)
    return connection
