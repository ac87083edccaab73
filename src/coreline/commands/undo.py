"""`coreline undo`: take back a pain entry, a choice, a rest, a set or a session; or put it back."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, Any

import typer

from coreline.app.undoing import Undoing, UndoWords
from coreline.commands.documents import SCHEMA
from coreline.commands.journal_here import journal_here, notice_document
from coreline.commands.options import DAY_HELP
from coreline.commands.own_exercises import Own
from coreline.commands.people import JSON_HELP, WHO_HELP, day_here, day_of, speaking, whose
from coreline.commands.terminal import tell, tell_document, tell_lines
from coreline.errors import BadDataError, UnknownEntryError
from coreline.journal.database import Journal
from coreline.journal.undo import Entry

EXAMPLES = (
    "Examples:  coreline undo  |  coreline undo 1  |  coreline undo 3fa2b1c0 --yes"
    "  |  coreline undo --list --date gisteren  |  coreline undo --redo 3fa2b1c0"
)
_SHOWN = 20  # of each list, unless a day is asked for
_ID = 8  # characters of an id that are shown, and are enough to name it
_LONGEST_NUMBER = 4  # digits; more are the beginning of an id


def undo(
    what: Annotated[
        str | None, typer.Argument(help="A number of the list, or the beginning of an id.")
    ] = None,
    redo: Annotated[
        str | None, typer.Option("--redo", help="Put back what was taken back, by its id.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Only show what there is.")] = False,
    on: Annotated[
        str | None, typer.Option("--date", help=f"Only what is of one day, {DAY_HELP}")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    own: Own = None,
    who: Annotated[str | None, typer.Option(help=WHO_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Take back something you noted, chose or did; it counts for nothing then, and stays on record.

    Without a number or an id it shows what can be taken back, and asks which in a terminal.
    """
    here, day = day_here(), day_of("--date", on)
    chosen = what or redo
    if (what and redo) or (listing and (chosen or yes)):
        raise BadDataError(
            "give one of these: what to take back, --redo with an id, or --list",
            nl="geef een van deze: wat je terugneemt, --redo met een id, of --list",
        )
    looking = chosen is None and (listing or as_json or not sys.stdin.isatty())
    _check_asking(chosen, yes=yes)
    with journal_here(read_only=looking, today=here) as journal:
        page = _Page.of(journal, who, own, here, day)
        if chosen is None:
            if as_json:
                tell_document({**page.both_documents(), **notice_document(journal)})
            else:
                tell_lines(page.lines())
        if looking or not (chosen or page.kept):
            return
        done = page.put_back(redo, ask=not yes) if redo else page.take_back(what, ask=not yes)
        if done is not None:
            key = "put" if redo else "taken"
            if as_json:
                tell_document(page.done_document(key, done))
            else:
                tell(page.words.said(key, done))


def _check_asking(chosen: str | None, *, yes: bool) -> None:
    """Refuse what would need an answer that nobody gives."""
    if yes and chosen is None:
        raise BadDataError(
            "--yes: say what to take back, by its number or its id",
            nl="--yes: zeg wat je terugneemt, met het nummer of het id",
        )
    if chosen is not None and not yes and not sys.stdin.isatty():
        raise BadDataError(
            f"{chosen}: add --yes; without a terminal nobody is asked",
            nl=f"{chosen}: voeg --yes toe; zonder terminal is er niemand om het te vragen",
        )


class _Page:
    """What there is of one person, as it is shown, chosen from and changed."""

    def __init__(self, name: str, undoing: Undoing, words: UndoWords, day: date | None) -> None:
        self.name, self.undoing, self.words, self.day = name, undoing, words, day
        self.kept = self._of_day(undoing.entries)
        self.gone = self._of_day(undoing.taken)

    @classmethod
    def of(
        cls, journal: Journal, who: str | None, own: Own, here: date, day: date | None
    ) -> "_Page":
        profile = whose(journal, who)
        programme, catalogue, speaker = speaking(profile.language, journal, own)
        undoing = Undoing.of(journal, profile, programme, catalogue, here)
        return cls(profile.name, undoing, UndoWords(speaker, catalogue), day)

    def _of_day(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        if self.day is None:
            return entries[:_SHOWN]
        return [each for each in entries if each.what.day == self.day]

    # In words

    def lines(self) -> Iterator[str]:
        """Yield both lists, a heading a day."""
        speaker = self.words.speaker
        yield speaker.text("undo.latest" if self.kept else "undo.nothing")
        number = 0
        for day, entries in groupby(self.kept, key=lambda each: each.what.day):
            yield speaker.day(day)
            for entry in entries:
                number += 1
                yield f"{number:4}. {self._line(entry)}"
        if self.gone:
            yield ""
            yield f"{speaker.text('undo.taken_list')} (coreline undo --redo ID):"
        for entry in self.gone:
            yield f"      {self._line(entry)}, {speaker.day(entry.what.day)}"

    def _line(self, entry: Entry) -> str:
        at = f"{entry.at:%H:%M}" if entry.at is not None and not entry.parts[0].place else ""
        return f"{at:5}  {short(entry):11}  {self.words.name(entry.what)}"

    # As documents

    def both_documents(self) -> dict[str, Any]:
        """Return what can be taken back, by number, and what was, with the day on which it was."""
        kept = [
            {"number": number, **self._entry_document(each, self.undoing.along(each))}
            for number, each in enumerate(self.kept, 1)
        ]
        gone = [
            {**self._entry_document(each, each.along), "on": str(each.taken_back)}
            for each in self.gone
        ]
        return self._document({"entries": kept, "taken_back": gone})

    def done_document(self, key: str, entry: Entry) -> dict[str, Any]:
        """Return what was taken back, or put back."""
        return self._document({f"{key}_back": self._entry_document(entry, entry.along)})

    def _document(self, of: dict[str, Any]) -> dict[str, Any]:
        return {"schema": SCHEMA, "name": self.name, **of}

    def _entry_document(self, entry: Entry, along: Sequence[Entry]) -> dict[str, Any]:
        return {
            "id": entry.name,
            "kind": str(entry.kind),
            "day": entry.what.day.isoformat(),
            "at": None if entry.at is None else entry.at.isoformat(),
            "text": self.words.name(entry.what),
            "along": [self.words.name(each.what) for each in along],
        }

    # What is done

    def take_back(self, what: str | None, *, ask: bool) -> Entry | None:
        """Take back what is called so, or what the person says; None where they do not want to."""
        entry = self._said() if what is None else self._called(what)
        if entry is None:
            return None
        lines = [*self.words.consequences(self.undoing, entry), self._text("counts_not")]
        if ask and not self._agreed(entry, lines, "question"):
            return None
        return self.undoing.take_back(entry)

    def put_back(self, name: str, *, ask: bool) -> Entry | None:
        """Put back what is called so; None where the person does not want to."""
        entry = one_called(name, self.undoing.taken)
        if entry is None:
            raise UnknownEntryError(
                f"{name}: nothing of this id was taken back; coreline undo --list shows what was",
                nl=f"{name}: niets met dit id is teruggenomen; coreline undo --list toont wat wel",
            )
        if ask and not self._agreed(entry, list(self.words.comes_back(entry)), "question_put"):
            return None
        self.undoing.put_back(entry)
        return entry

    def _agreed(self, entry: Entry, lines: Sequence[str], question: str) -> bool:
        name, day = self.words.name(entry.what), self.words.speaker.day(entry.what.day)
        tell_lines([f"{day}: {name}.", *lines])
        return typer.confirm(self._text(question))

    def _said(self) -> Entry | None:
        """Return what the person says, if anything."""
        said = typer.prompt(self._text("which"), default="", show_default=False).strip()
        return self._called(said) if said else None

    def _called(self, what: str) -> Entry:
        """Return what has this number in the list, or an id that begins so."""
        if what.isdecimal() and len(what) <= _LONGEST_NUMBER:
            return self._numbered(int(what))
        entry = one_called(what, self.undoing.entries)
        if entry is not None:
            return entry
        away = one_called(what, self.undoing.taken)
        if away is not None:
            raise UnknownEntryError(
                f"{what}: was taken back already, on {away.taken_back}; coreline undo "
                f"--redo {short(away)} puts it back",
                nl=f"{what}: is al teruggenomen, op {away.taken_back}; coreline undo --redo "
                f"{short(away)} zet het terug",
            )
        raise UnknownEntryError(
            f"{what}: nothing of this id can be taken back; coreline undo --list shows what can",
            nl=f"{what}: niets met dit id is terug te nemen; coreline undo --list toont wat wel",
        )

    def _numbered(self, number: int) -> Entry:
        if not self.kept:
            raise UnknownEntryError(
                f"{number}: there is nothing to take back",
                nl=f"{number}: er is niets terug te nemen",
            )
        if not 1 <= number <= len(self.kept):
            raise UnknownEntryError(
                f"{number}: give a number from 1 to {len(self.kept)}",
                nl=f"{number}: geef een nummer van 1 tot {len(self.kept)}",
            )
        return self.kept[number - 1]

    def _text(self, key: str) -> str:
        return self.words.speaker.text(f"undo.{key}")


def short(entry: Entry) -> str:
    """Return as much of an entry's id as is shown."""
    uid, slash, place = entry.name.partition("/")
    return f"{uid[:_ID]}{slash}{place}"


def one_called(name: str, entries: Sequence[Entry]) -> Entry | None:
    """Return the entry whose id begins so, if there is one; a set is `session/place`.

    Raises:
        UnknownEntryError: There are several.
    """
    uid, _, place = name.strip().lower().partition("/")
    found = [
        each
        for each in entries
        if uid and each.parts[0].uid.startswith(uid) and str(each.parts[0].place) == (place or "0")
    ]
    if len(found) > 1:
        raise UnknownEntryError(
            f"{name}: several ids begin so; give more of it",
            nl=f"{name}: meer id's beginnen zo; geef er meer van",
        )
    return found[0] if found else None
