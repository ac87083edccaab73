"""What is kept, and that nothing is sent, as lines for a person and as a document."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coreline import __version__
from coreline.choices.settings import Settings
from coreline.data_files import load_texts
from coreline.desktop.launcher import ringer
from coreline.desktop.reminder import mechanism
from coreline.doctor.privacy import Counted, KeptFile, Kind, by_kind, count_people, files_kept
from coreline.doctor.sending import Looked, look_at_sending
from coreline.files.folders import config_folder, data_folder, database_file
from coreline.programme.language import Language
from coreline.programme.spec import Frozen
from coreline.programme.texts import TextsIn, TextTable

SCHEMA: Final = 1
NAMED: Final = 3  # files of a kind that are named before it only says how many lie where
_WIDTH: Final = 22
_UNITS: Final = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))
_STATES: Final = {True: "well", False: "bad", None: "unseen"}


class _PrivacyFile(Frozen):
    """The tables of the data file."""

    page: TextTable
    kind: TextTable
    holds: TextTable
    count: TextTable
    state: TextTable
    look: TextTable


@dataclass(frozen=True, slots=True)
class Privacy:
    """Everything that was found."""

    files: tuple[KeptFile, ...]
    counted: Counted
    looked: tuple[Looked, ...]

    @property
    def needs_fixing(self) -> bool:
        """Say whether others may read something, or something was not as it must be."""
        return any(each.is_open for each in self.files) or any(
            each.is_well is False for each in self.looked
        )


def look(settings: Settings) -> Privacy:
    """Look at what is kept on this computer, and whether anything can be sent."""
    own = settings.recordings_dir
    voice = None if own is None else Path(own).expanduser()
    timer = mechanism().files(settings.reminded_at, ringer())
    files = files_kept(list(dict.fromkeys((data_folder(), config_folder()))), voice, timer)
    return Privacy(tuple(files), count_people(database_file()), look_at_sending(settings))


def as_json(found: Privacy, language: Language) -> dict[str, Any]:
    """Return it as a document; docs/formats.md describes it."""
    texts = _texts(language)
    return {
        "schema": SCHEMA,
        "coreline": __version__,
        "needs_fixing": found.needs_fixing,
        "kept": [
            {
                "kind": kind.value,
                "holds": texts(f"holds.{kind}"),
                "files": [_file_json(each) for each in files],
                "bytes": sum(each.size for each in files),
            }
            for kind, files in by_kind(found.files).items()
        ],
        "people": [
            {"name": each.name, "counts": dict(each.counts)} for each in found.counted.people
        ],
        "people_trouble": found.counted.trouble,
        "sends_nothing": all(each.is_well is not False for each in found.looked),
        "looked": [
            {
                "code": each.code,
                "well": each.is_well,
                "what": texts(f"look.{each.code}", value=each.value),
            }
            for each in found.looked
        ],
    }


def lines_of(found: Privacy, language: Language) -> Iterator[str]:
    """Yield it line by line."""
    texts = _texts(language)
    yield texts("page.title")
    for kind, files in by_kind(found.files).items():
        if files or kind not in (Kind.LEFTOVERS, Kind.UNKNOWN):
            yield from _lines_of_kind(kind, files, texts)
    yield ""
    yield texts("page.people")
    yield from _lines_of_people(found.counted, texts)
    yield ""
    yield f"{texts('page.sent')}. {texts('page.sent_why')}"
    for each in found.looked:
        state = texts(f"state.{_STATES[each.is_well]}")
        yield f"  {state}: {texts(f'look.{each.code}', value=each.value)}"
    yield ""
    yield texts("page.elsewhere")
    yield texts("page.delete")


def _lines_of_kind(kind: Kind, files: Sequence[KeptFile], texts: TextsIn) -> Iterator[str]:
    name = f"{texts(f'kind.{kind}'):{_WIDTH}}"
    if not files:
        yield f"{name}{texts('page.none')}"
        return
    many = texts("page.one") if len(files) == 1 else texts("page.several", n=len(files))
    size = _size(sum(each.size for each in files), texts.language)
    yield f"{name}{many}, {size}: {texts(f'holds.{kind}')}"
    named = files if kind is Kind.UNKNOWN else [each for each in files if each.is_open]
    for each in files if len(files) <= NAMED else named:
        opened = f"  ({texts('page.open')})" if each.is_open else ""
        mode = "" if each.mode is None else f"{each.mode:04o}  "
        shown = _size(each.size, texts.language)
        yield f"{'':{_WIDTH}}{mode}{shown:>9}  {each.path}{opened}"
    if len(files) > NAMED:
        for folder, number in Counter(each.path.parent for each in files).items():
            yield f"{'':{_WIDTH}}{folder}: {number}"


def _lines_of_people(counted: Counted, texts: TextsIn) -> Iterator[str]:
    if counted.trouble is not None:
        yield f"  {counted.trouble}"
    elif not counted.people:
        yield f"  {texts('page.nobody')}"
    for person in counted.people:
        yield f"  {person.name}: {_counts(person.counts, texts)}"


def _counts(counts: Mapping[str, int], texts: TextsIn) -> str:
    said = [f"{number} {texts(f'count.{what}')}" for what, number in counts.items() if number]
    return ", ".join(said) or texts("page.none")


def _file_json(each: KeptFile) -> dict[str, Any]:
    mode = None if each.mode is None else f"{each.mode:04o}"
    return {"path": str(each.path), "bytes": each.size, "mode": mode, "open": each.is_open}


def _size(size: int, language: Language) -> str:
    for unit, name in _UNITS:
        if size >= unit:
            number = f"{size / unit:.1f}"
            return f"{number.replace('.', ',') if language == 'nl' else number} {name}"
    return f"{size} B"


def _texts(language: Language) -> TextsIn:
    return load_texts("doctor/privacy.toml", _PrivacyFile).in_(language)
