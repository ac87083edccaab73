"""What was put outside of Coreline's folders, removed again."""

import shutil
from pathlib import Path

from coreline.errors import BadOutputError


def removed(place: Path) -> Path | None:
    """Remove a file or a folder of ours; return it, or None where it was not there.

    Raises:
        BadOutputError: It cannot be removed.
    """
    try:
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadOutputError(
            f"{place}: cannot be removed ({error.strerror}); remove it by hand",
            nl=f"{place}: kan niet worden verwijderd ({error.strerror}); verwijder het zelf",
        ) from error
    return place
