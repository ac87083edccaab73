"""Find the data that travels with the program, in a checkout and in an installed wheel alike."""

from pathlib import Path

from coreline.errors import CorelineError

PACKAGE = Path(__file__).resolve().parents[1]
NAMES = ("models", "sounds", "calibration", "samples", "demonstrations", "icons")


class MissingResourceError(CorelineError):
    """A folder or file that belongs to the program is not there."""


def resource_dir(name: str, package: Path = PACKAGE) -> Path:
    """Return the folder called `name`: inside the package, or beside pyproject.toml in a checkout.

    Args:
        name: One of `NAMES`.
        package: Where the package lies; handed in by tests only.

    Raises:
        ValueError: `name` is not one of `NAMES`.
        MissingResourceError: The folder is in neither place.
    """
    if name not in NAMES:
        raise ValueError(f"no resource is called {name!r}; there are {', '.join(NAMES)}")
    for place in _places(package):
        if (place / name).is_dir():
            return place / name
    raise MissingResourceError(
        f"the folder {name!r} of Coreline is missing beside {package}; install Coreline again"
    )


def resource_file(name: str, relative: str, package: Path = PACKAGE) -> Path:
    """Return the file `relative` (with forward slashes) inside the folder called `name`.

    Raises:
        MissingResourceError: The folder or the file is not there.
    """
    path = resource_dir(name, package) / relative
    if not path.is_file():
        raise MissingResourceError(f"{path} is missing; install Coreline again")
    return path


def _places(package: Path) -> list[Path]:
    """List where resources may lie, the wheel's place first."""
    checkout = package.parents[1]
    return [package, checkout] if (checkout / "pyproject.toml").is_file() else [package]
