"""`coreline plan edit`, `set`, `show` and `clear`: what the physiotherapist prescribes."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from coreline.commands.documents import SCHEMA
from coreline.commands.editor import edit_file
from coreline.commands.journal_here import journal_here, notice_document
from coreline.commands.own_exercises import Own
from coreline.commands.people import JSON_HELP, WHO_HELP, day_here, level_of, speaking, whose
from coreline.commands.terminal import put, tell, tell_document, tell_lines
from coreline.commands.wording import words_in
from coreline.data_files import load_programme, load_sentences, load_vocabulary
from coreline.errors import BadDataError
from coreline.files.folders import make_private
from coreline.files.toml_texts import read_toml
from coreline.files.writing import write_text
from coreline.journal.database import Journal
from coreline.limits import PLAN_BYTES
from coreline.programme.catalogue import Catalogue
from coreline.programme.diary import Diary
from coreline.programme.life import Prescribed, Profile
from coreline.programme.plan_file import PlanWords, parse_plan
from coreline.programme.plan_text import PlanWriter
from coreline.programme.plan_words import plan_heading, plan_sentences
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription
from coreline.programme.texts import TextsIn
from coreline.programme.wording import Speaker

EDIT_EXAMPLES = "Examples:  coreline plan edit  |  EDITOR=nano coreline plan edit --who Anna"
SET_EXAMPLES = "Examples:  coreline plan set plan.toml  |  coreline plan set plan.toml --who Anna"
SHOW_EXAMPLES = "Examples:  coreline plan show  |  coreline plan show --toml > plan.toml"
CLEAR_EXAMPLES = "Examples:  coreline plan clear"
_PLANS = 2  # which of a person's folders it is

Who = Annotated[str | None, typer.Option(help=WHO_HELP)]


@dataclass(frozen=True, slots=True)
class _Person:
    """Whose plan it is, and what it is read and told with."""

    profile: Profile
    plan: Prescription
    level_id: str
    catalogue: Catalogue
    speaker: Speaker
    folder: Path

    @classmethod
    def of(cls, journal: Journal, who: str | None, own: Path | None) -> "_Person":
        profile = whose(journal, who)
        _, catalogue, speaker = speaking(profile.language, journal, own)
        life = journal.life(profile.id)
        plan = Diary(life).plan_on(day_here())
        folder = journal.folders_of(profile.id)[_PLANS]
        return cls(profile, plan, level_of(life), catalogue, speaker, folder)

    @property
    def words(self) -> TextsIn:
        """Return the commands' words in the person's language."""
        return words_in(self.profile.language)

    def read(self, path: Path) -> Prescription:
        """Return the plan in a file.

        Raises:
            BadDataError: It cannot be read, or has mistakes.
        """
        try:
            text = read_toml(path, PLAN_BYTES)
        except OSError as error:
            raise BadDataError(
                f"{path}: {error.strerror or error}; give a TOML file of a plan",
                nl=f"{path}: {error.strerror or error}; geef een TOML-bestand met een plan",
            ) from error
        known = PlanWords(
            load_programme(),
            self.catalogue,
            load_vocabulary(),
            day_here(),
            self.level_id,
            self.plan,
        )
        return parse_plan(text, str(path), known)

    def text(self) -> str:
        """Return the plan as a file."""
        sentences, language = load_sentences(), self.profile.language
        writer = PlanWriter(self.catalogue, load_vocabulary(), sentences, language)
        return writer.text(self.plan, self.level_id)

    def lines(self, plan: Prescription) -> Iterator[str]:
        """Yield a plan in words."""
        yield plan_heading(plan, self.speaker)
        for each in plan_sentences(plan, self.catalogue, self.speaker, self.level_id):
            yield f"  {each}"


def edit(own: Own = None, who: Who = None) -> None:
    """Open the plan in your editor ($VISUAL or $EDITOR), check it, and keep it."""
    with journal_here(read_only=True) as journal:
        person = _Person.of(journal, who, own)
    folder = make_private(person.folder)
    draft, begun, text = folder / "plan.toml", folder / "plan.begun.toml", person.text()
    if draft.exists() and begun.exists() and begun.read_text(encoding="utf-8") == text:
        tell(person.words("plan.draft"), err=True)
    else:
        if draft.exists():  # of another plan than the one that holds now: it must not come back
            old = draft.replace(folder / "plan.old.toml")
            tell(person.words("plan.draft_old", place=old), err=True)
        write_text(begun, text)
        write_text(draft, text)
    try:
        plan = _edited(person, draft)
    except BadDataError:  # no editor ran
        if draft.read_text(encoding="utf-8") == text:
            draft.unlink()
        raise
    if plan == person.plan:
        tell(person.words("plan.unchanged"))
    else:
        with journal_here() as journal:
            _keep(journal, person, plan)
    draft.unlink(missing_ok=True)
    begun.unlink(missing_ok=True)


def _edited(person: _Person, draft: Path) -> Prescription:
    """Return what the person made of a draft, which stays where it is until it is right."""
    while True:
        edit_file(draft)
        try:
            return person.read(draft)
        except BadDataError as error:
            for line in error.lines_in(person.profile.language):
                tell(f"coreline: {line}", err=True)
        if not (sys.stdin.isatty() and typer.confirm(person.words("plan.again"), default=True)):
            tell(person.words("plan.put_by", place=draft), err=True)
            raise typer.Exit(2)


def set_(
    file: Annotated[Path, typer.Argument(help="The plan, a TOML file; docs/plan.md says how.")],
    own: Own = None,
    who: Who = None,
) -> None:
    """Take over the plan in a file; one with a mistake changes nothing."""
    with journal_here() as journal:
        person = _Person.of(journal, who, own)
        _keep(journal, person, person.read(file))


def _keep(journal: Journal, person: _Person, plan: Prescription) -> None:
    """Write a plan down, and say what it is."""
    journal.note(person.profile.id, Prescribed(day_here(), plan))
    if plan.says_nothing:
        tell(person.words("plan.cleared"))
        return
    tell(person.words("plan.kept"))
    tell_lines(person.lines(plan))


def show(
    as_toml: Annotated[bool, typer.Option("--toml", help="As a file, to edit or give on.")] = False,
    own: Own = None,
    who: Who = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Show what the physiotherapist prescribes now."""
    with journal_here(read_only=True) as journal:
        person = _Person.of(journal, who, own)
        notice = notice_document(journal)
    if as_json:
        tell_document(
            {"schema": SCHEMA, "name": person.profile.name, **notice, **_document(person)}
        )
    elif as_toml:
        put(person.text())
    elif person.plan.says_nothing:
        tell(person.words("plan.none"))
    else:
        tell_lines(person.lines(person.plan))


def _document(person: _Person) -> dict[str, Any]:
    plan = person.plan
    return {"plan": None if plan.says_nothing else plan.model_dump(mode="json")}


def clear(who: Who = None) -> None:
    """End the plan: from today on it is the handout's schedule again."""
    with journal_here() as journal:
        person = _Person.of(journal, who, None)
        if person.plan.says_nothing:
            tell(person.words("plan.none"))
        else:
            _keep(journal, person, NOTHING_PRESCRIBED)
