"""A menu as values: a title, items with their present values, and a note; it changes nothing.

What the person does comes back as `Picked`, `Changed` or `Dismissed`; who shows the menu answers
with a new one.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from coreline.files.demonstrations import Shown
from coreline.programme.marks import Mark


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; `key` is a letter that presses it from anywhere on the page."""

    id: str
    text: str
    detail: str = ""
    key: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values; `options` are pairs of a value and its word."""

    id: str
    text: str
    options: tuple[tuple[str, str], ...]
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number within limits that goes up and down in steps; digits can be typed too."""

    id: str
    text: str
    value: float
    low: float
    high: float
    step: float = 1.0
    decimals: int = 0
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextField:
    """A line of text that is typed; `hint` stands where there is none."""

    id: str
    text: str
    value: str
    hint: str = ""
    longest: int = 200
    note: str = ""


@dataclass(frozen=True, slots=True)
class Toggle:
    """Something that is on or off."""

    id: str
    text: str
    on: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over the items that follow; it can't be chosen."""

    text: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row that is only read: a text, and a detail at its right."""

    text: str
    detail: str = ""


Control: TypeAlias = Button | Choice | Number | TextField | Toggle
Item: TypeAlias = Control | Heading | TextRow


@dataclass(frozen=True, slots=True)
class Menu:
    """A page of items. `selected` is the id of the item that is chosen at first."""

    title: str
    items: tuple[Item, ...]
    selected: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A page to read; a paragraph that begins with `# ` is a heading."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Somebody at an exercise, who moves; or, by a fault's code, wrong beside right.

    `caption` says what is seen; of a fault it says what is wrong, and `right` what is not.
    """

    shown: Shown
    caption: str
    fault: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """A page to read that has pictures beside it, of which one is looked at; at least one."""

    article: Article
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class TodayRow:
    """An exercise of today: its name, side and dose, how much is done, and a word about it.

    `share` is None where nothing is expected of it. A row without an id can't be chosen.
    """

    text: str
    detail: str
    share: float | None = None
    status: str = ""
    next: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Today's page; the first button is the one that Enter presses at first."""

    title: str
    summary: str
    why: str
    rows: tuple[TodayRow, ...]
    buttons: tuple[Button, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PainQuestion:
    """How much does it hurt, 0 to 10, and where; `places` are pairs of an id and a word."""

    title: str
    places: tuple[tuple[str, str], ...]
    score: int | None = None
    chosen: tuple[str, ...] = ()
    note: str = ""


Drawn: TypeAlias = Literal["bars", "line", "crosses"]


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the calendar: its number, what became of it, and all of it in words."""

    number: str
    sign: Mark
    text: str
    hurt: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Seven days from Monday on, None where a day is not looked at; `label` names the first."""

    label: str
    cells: tuple[DayCell | None, ...]


@dataclass(frozen=True, slots=True)
class CalendarPicture:
    """Weeks below one another. `signs` are pairs of a mark and its word."""

    name: str
    weekdays: tuple[str, ...]
    weeks: tuple[WeekRow, ...]
    signs: tuple[tuple[Mark, str], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Values beside one another, None where there is none, and how they are drawn."""

    name: str
    values: tuple[float | None, ...]
    drawn: Drawn = "line"


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """Series over the same places, from 0 to the last of the ticks.

    `labels` and `texts` are a short name of each place and all of it in words; `ticks` are pairs of
    a value and its text. `of_one` says that it shows the page's subject. `empty` stands in the
    place of a chart without any value.
    """

    name: str
    series: tuple[Series, ...]
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    empty: str
    of_one: bool = False


HistoryPicture: TypeAlias = CalendarPicture | ChartPicture


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The pictures of what was done, at least one, of which one is looked at.

    `subject` and `span` are what can be chosen: which exercise, and how many weeks.
    """

    title: str
    pictures: tuple[HistoryPicture, ...]
    subject: Choice
    span: Choice


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """What the first start asks, on one page: how tall somebody is, and whether there is a ball.

    `height_m` is None as long as it is not known; `limits_cm` are what it can be. `surfaces` are
    pairs of a value and its word, each after the letter that chooses it; `advice` is said of them.
    `language` is the other one that can be chosen, by its value and its name.
    """

    title: str
    height: str
    height_m: float | None
    limits_cm: tuple[int, int]
    ball: str
    surfaces: tuple[tuple[str, str, str], ...]
    surface: str
    advice: str
    begin: str
    language: tuple[str, str]
    note: str = ""


Page: TypeAlias = (
    Menu | Article | ShownArticle | TodayPage | PainQuestion | HistoryPage | WelcomePage
)


def controls_of(menu: Menu) -> tuple[Control, ...]:
    """Return the items that can be chosen."""
    return tuple(
        item
        for item in menu.items
        if isinstance(item, Button | Choice | Number | TextField | Toggle)
    )
