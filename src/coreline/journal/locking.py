"""One program at a time writes the journal: SQLite before 3.51.3 can lose data between two."""

import os
import time
from pathlib import Path
from typing import Final

from coreline.closing import Closing
from coreline.errors import JournalBusyError, JournalUnwritableError
from coreline.files.folders import make_folder
from coreline.files.locking import TAKEN, take
from coreline.files.writing import OWNER_ONLY_FILE
from coreline.journal.connecting import said_of
from coreline.printable import printable

# A program that only reads has the lock for a moment when it begins; a second one waits for that.
PATIENCE_S: Final = 1.0
_STEP_S: Final = 0.05  # between two tries: nobody notices, and it costs nothing


class Lock(Closing):
    """The lock beside a database; the system lets go of it when the program is gone, however."""

    def __init__(self, database: Path, patience_s: float = PATIENCE_S) -> None:
        """Take the lock; the folder is made where it is missing.

        Raises:
            JournalBusyError: Another program has it.
            JournalUnwritableError: The folder cannot be made, or not be written in.
        """
        self._path = database.with_name(f"{database.name}.lock")
        try:
            make_folder(database.parent)
            self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR, OWNER_ONLY_FILE)
        except OSError as error:
            raise said_of(database, error) from error
        try:
            self._wait(patience_s, database)
        except BaseException:
            os.close(self._handle)
            raise

    def close(self) -> None:
        """Let go; the file stays, since removing it would let two programs in."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _wait(self, patience_s: float, database: Path) -> None:
        until_s = time.monotonic() + patience_s
        while True:
            try:
                take(self._handle)
            except OSError as error:
                if error.errno not in TAKEN:
                    raise JournalUnwritableError(
                        f"{printable(str(database))}: cannot be locked ({error.strerror}); "
                        "keep it on a disk of this computer",
                        nl=f"{printable(str(database))}: kan niet op slot; bewaar het op een "
                        "schijf van deze computer",
                    ) from error
                if time.monotonic() >= until_s:
                    raise JournalBusyError(
                        f"{printable(str(database))}: Coreline is running already; "
                        "close the other window first",
                        nl=f"{printable(str(database))}: Coreline draait al; sluit eerst het "
                        "andere venster",
                    ) from error
                time.sleep(_STEP_S)
            else:
                return
