"""A lock on an open file that two programs cannot have; the system lets go of it at their end."""

import errno
import os
import sys
from typing import Final

# What the systems say of a lock that somebody has; all else is a disk that knows no locks.
TAKEN: Final = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def take(handle: int) -> None:
        """Take the lock at once.

        Raises:
            OSError: Somebody has it (`TAKEN`), or this disk knows no locks.
        """
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def take(handle: int) -> None:
        """Take the lock at once.

        Raises:
            OSError: Somebody has it (`TAKEN`), or this disk knows no locks.
        """
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
