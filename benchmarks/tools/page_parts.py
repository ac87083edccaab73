"""docs/performance.md, of which each benchmark makes the part under its own heading."""

from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "performance.md"
_NEXT: Final = "\n## "


def put_into(heading: str, part: str) -> None:
    """Replace the part of the page under a heading, or put it at the page's end."""
    PAGE.write_text(with_part(PAGE.read_text("utf-8"), heading, part), "utf-8")


def with_part(page: str, heading: str, part: str) -> str:
    """Return a page with the part under a heading replaced, or put at its end.

    Args:
        page: the whole of it.
        heading: the line that the part begins with, such as `## Growth`.
        part: the new part, that line among it.
    """
    before, mark, rest = page.partition(f"{heading}\n")
    if not mark:
        return f"{page.rstrip()}\n\n{part.rstrip()}\n"
    _, following, after = rest.partition(_NEXT)
    return f"{before}{part.rstrip()}\n{following}{after}"
