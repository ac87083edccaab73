"""Tables: columns that a row fills, drawn as Markdown for a page and as text for the terminal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rich.table import Table as RichTable

NONE = "-"
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its head, what it means, and how a row fills it."""

    head: str
    meaning: str
    show: Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under heads; the first column names the row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Return the table as Markdown, numbers to the right."""
        rule = ["---", *["--:"] * (len(self.heads) - 1)]
        lines = [self.heads, tuple(rule), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def rich(self) -> RichTable:
        """Return the table for the terminal."""
        table = RichTable(title=self.title, title_justify="left")
        for number, head in enumerate(self.heads):
            table.add_column(head, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*row)
        return table


def table_of(
    title: str, first: str, columns: Sequence[Column[Row]], rows: Mapping[str, Row]
) -> Table:
    """Return the rows by their names, under `first` as the head of those."""
    lines = [(name, *(column.show(row) for column in columns)) for name, row in rows.items()]
    return Table(title, (first, *(column.head for column in columns)), tuple(lines))


def meanings(columns: Sequence[Column[Any]]) -> str:
    """Return what the columns mean, as a Markdown list."""
    return "\n".join(f"- **{column.head}**: {column.meaning}" for column in columns)


# How values are shown


def number(value: float | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Return a number with its sign where asked for, without a sign before a zero."""
    if value is None:
        return NONE
    shown = f"{value:+.{decimals}f}" if signed else f"{value:.{decimals}f}"
    return f"{0.0:.{decimals}f}" if float(shown) == 0.0 else shown


def percent(share: float | None) -> str:
    """Return a share in percent, rounded toward the worse: only what is whole is 100."""
    return NONE if share is None else f"{int(100.0 * share + 1e-9)} %"


def pair(first: float | None, second: float | None) -> str:
    """Return two shares, or nothing where neither is known."""
    if first is None and second is None:
        return NONE
    return f"{number(first, 2)} / {number(second, 2)}"
