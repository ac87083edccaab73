"""The whole journal, or one person's part of it, as one file: a database of the same schema."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from coreline.errors import JournalDamagedError, JournalError
from coreline.files.writing import make_file, write_bytes
from coreline.journal.backups import is_whole, remove
from coreline.journal.connecting import (
    MEMORY,
    connect,
    in_our_words,
    transaction,
)
from coreline.journal.merging import merge
from coreline.journal.migrations import has_table, migrate, pending
from coreline.printable import printable


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
    if not path.is_file():
        raise JournalError(f"{printable(str(path))}: no such file; give one that was exported")
    try:
        with in_our_words(path), closing(_copy(path, part)) as copy:
            yield copy
    finally:
        if part != MEMORY:
            remove(part)


def _copy(path: Path, part: Path) -> sqlite3.Connection:
    shown = printable(str(path))
    with closing(_source(path)) as source:
        if not has_table(source, "migration"):
            raise JournalError(f"{shown}: is not a journal of Coreline; give another file")
        if not is_whole(source):
            raise JournalDamagedError(f"{shown}: is damaged; give another copy")
        try:
            pending(source)
        except JournalError as error:
            raise JournalError(f"{shown}: {error}") from error
        if part != MEMORY:
            make_file(part)
        copy = connect(part)
        try:
            source.backup(copy)
            migrate(copy)
        except BaseException:
            copy.close()
            raise
        return copy


def _source(path: Path) -> sqlite3.Connection:
    """Return a connection to the file as it is, without so much as a file beside it."""
    beside = path.with_name(f"{path.name}-wal")
    return connect(path, read_only=True, immutable=not beside.exists())
