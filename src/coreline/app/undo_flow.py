"""The pages on which something is taken back or put back: a list, and one question."""

from collections.abc import Iterator
from itertools import groupby

from coreline.app.asking import ask
from coreline.app.state import AppState
from coreline.app.undoing import Undoing, UndoWords
from coreline.errors import CorelineError
from coreline.journal.records import SessionKept
from coreline.journal.undo import Entry
from coreline.programme.life import SetDone
from coreline.screen.answers import Picked
from coreline.screen.menu import Button, Heading, Item, Menu, TextRow

SHOWN = 40  # more than that is not looked through on a mat; the command has all
TAKE, PUT = "take-", "put-"


def open_list(state: AppState) -> None:
    """Show what can be taken back until that is left, and ask once before anything is."""
    note = ""
    while True:
        undoing = undoing_of(state)
        match ask(state, list_page(state, undoing, note)):
            case Picked(id=chosen) if chosen.startswith(TAKE):
                entry = undoing.entries[int(chosen.removeprefix(TAKE))]
                note = _taken(state, undoing, entry)
            case Picked(id=chosen) if chosen.startswith(PUT):
                entry = undoing.taken[int(chosen.removeprefix(PUT))]
                note = _put(state, undoing, entry)
            case _:
                return


def undoing_of(state: AppState) -> Undoing:
    """Return what there is to take back now."""
    about = (state.person, state.programme, state.catalogue)
    return Undoing.of(state.journal, *about, state.today, SHOWN)


def words_of(state: AppState) -> UndoWords:
    """Return who says it."""
    return UndoWords(state.speaker, state.catalogue)


def list_page(state: AppState, undoing: Undoing, note: str = "") -> Menu:
    """Return the list, the latest first, and what was taken back below it."""
    words, speaker = words_of(state), state.speaker
    items: list[Item] = list(_days(state, undoing, words))
    if not items:
        items.append(TextRow(speaker.text("undo.nothing")))
    if undoing.taken:
        items.append(Heading(speaker.text("undo.taken_list")))
    for number, entry in enumerate(undoing.taken[:SHOWN]):
        items.append(Button(f"{PUT}{number}", _capital(words.name(entry.what)), _day(state, entry)))
    back = Button("back", state.words("choose.back"))
    return Menu(speaker.text("undo.title"), (*items, back), note=note)


def _days(state: AppState, undoing: Undoing, words: UndoWords) -> Iterator[Item]:
    """Yield each day with what is of it."""
    numbered = list(enumerate(undoing.entries[:SHOWN]))
    for day, group in groupby(numbered, key=lambda each: each[1].what.day):
        yield Heading(state.speaker.day(day))
        for number, entry in group:
            is_set = isinstance(entry.what, SetDone)
            name = words.name(entry.what)
            text = f"• {name}" if is_set else _capital(name)
            time = "" if entry.at is None or is_set else f"{entry.at:%H:%M}"
            yield Button(f"{TAKE}{number}", text, time)


def _day(state: AppState, entry: Entry) -> str:
    """Return of which day an entry is, and when its session was, to tell it from others."""
    day = state.speaker.day(entry.what.day)
    is_session = isinstance(entry.what, SessionKept)
    return f"{day}, {entry.at:%H:%M}" if is_session and entry.at is not None else day


def question_page(state: AppState, title: str, yes: str, lines: list[str]) -> Menu:
    """Return the one question; who only presses on changes nothing."""
    speaker = state.speaker
    rows = [TextRow(line) for line in lines]
    buttons = (Button("yes", speaker.text(yes)), Button("no", speaker.text("undo.no")))
    return Menu(speaker.text(title), (*rows, *buttons), selected="no")


def _taken(state: AppState, undoing: Undoing, entry: Entry) -> str:
    """Ask, and take it back; return what to say of it."""
    words = words_of(state)
    lines = [
        _capital(words.name(entry.what)),
        *words.consequences(undoing, entry),
        state.speaker.text("undo.counts_not"),
    ]
    page = question_page(state, "undo.question", "undo.yes", lines)
    if ask(state, page) != Picked("yes"):
        return ""
    try:
        return words.said("taken", undoing.take_back(entry))
    except CorelineError as error:
        return error.in_(state.words.language)


def _put(state: AppState, undoing: Undoing, entry: Entry) -> str:
    """Ask, and put it back; return what to say of it."""
    words = words_of(state)
    lines = [_capital(words.name(entry.what)), *words.comes_back(entry)]
    page = question_page(state, "undo.question_put", "undo.yes_put", lines)
    if ask(state, page) != Picked("yes"):
        return ""
    try:
        undoing.put_back(entry)
    except CorelineError as error:
        return error.in_(state.words.language)
    return words.said("put", entry)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
