"""What a check found: a value that says what is so, and how to fix it where it is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from coreline.data_files import load_texts
from coreline.errors import CorelineError
from coreline.printable import printable
from coreline.programme.language import Language
from coreline.programme.spec import Frozen
from coreline.programme.texts import FillableText, TextBook, TextTable

WHOLE_FROM: Final = 10.0  # a number this large is shown without decimals

Value: TypeAlias = str | int | float


class Severity(StrEnum):
    """How a thing is."""

    OK = "ok"
    WARN = "warn"  # training goes on, but less well
    BAD = "bad"  # this needs fixing


class Topic(StrEnum):
    """What was looked at, in the order in which it is shown."""

    PYTHON = "python"
    PACKAGES = "packages"
    OPENCV = "opencv"
    SETTINGS = "settings"
    CONFIG_FOLDER = "config_folder"
    DATA_FOLDER = "data_folder"
    JOURNAL = "journal"
    CLOCK = "clock"
    MODELS = "models"
    CAMERAS = "cameras"
    CAMERA = "camera"
    POSE = "pose"
    SOUND = "sound"
    VOICE = "voice"
    DISPLAY = "display"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Attributes:
        topic: What it is about.
        state: How it is.
        code: What is so, for a machine; with the topic it is the key of the texts.
        values: What fills the places in the texts.
    """

    topic: Topic
    state: Severity
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def what(self, language: Language) -> str:
        """Return what is so."""
        return self._filled(f"{self._key()}.what", language)

    def fix(self, language: Language) -> str | None:
        """Return what to do; None where nothing needs doing."""
        key = f"{self._key()}.fix"
        return self._filled(key, language) if key in doctor_texts() else None

    def _key(self) -> str:
        """Return where the texts of the code are: with its topic, or with those of any."""
        key = f"finding.{self.topic}.{self.code}"
        return key if f"{key}.what" in doctor_texts() else f"any.{self.code}"

    def _filled(self, key: str, language: Language) -> str:
        values = {
            name: self.values.get(f"{name}_{language}", self.values[name]) for name in self.values
        }
        shown = {name: _shown(value, language) for name, value in values.items()}
        return doctor_texts().say(key, language, **shown)


@dataclass(frozen=True, slots=True)
class SystemCheck:
    """One look at one thing.

    Attributes:
        topic: What it is about.
        look: Looks, in a process of its own, and returns what it found; must be picklable.
        limit_s: How long it may take.
    """

    topic: Topic
    look: Callable[[], Sequence[Finding]]
    limit_s: float


class _CodeTexts(Frozen):
    """The texts of one code."""

    what: FillableText
    fix: FillableText | None = None


class _FindingsFile(Frozen):
    """The tables of the data file."""

    state: TextTable
    summary: TextTable
    topic: TextTable
    any: dict[str, _CodeTexts]
    finding: dict[str, dict[str, _CodeTexts]]


def doctor_texts() -> TextBook:
    """Return the texts of the package's own file."""
    return load_texts("doctor/texts.toml", _FindingsFile)


def said_by(error: Exception) -> dict[str, Value]:
    """Return what an error says, as values of a finding: in Dutch as well, where it does."""
    dutch = error.nl if isinstance(error, CorelineError) else None
    return {"said": str(error)} if dutch is None else {"said": str(error), "said_nl": dutch}


def as_json(findings: Sequence[Finding], version: str, language: Language) -> dict[str, object]:
    """Return findings as a document; docs/formats.md describes it."""
    return {
        "schema": 1,
        "coreline": version,
        "needs_fixing": needs_fixing(findings),
        "findings": [_row(finding, language) for finding in findings],
    }


def needs_fixing(findings: Sequence[Finding]) -> bool:
    """Say whether anything is bad."""
    return any(finding.state is Severity.BAD for finding in findings)


def _row(finding: Finding, language: Language) -> dict[str, object]:
    return {
        "topic": finding.topic.value,
        "state": finding.state.value,
        "code": finding.code,
        "what": finding.what(language),
        "fix": finding.fix(language),
        "values": {name: _rounded(value) for name, value in finding.values.items()},
    }


def _rounded(value: Value) -> Value:
    return round(value, 3) if isinstance(value, float) else value


def _shown(value: Value, language: Language) -> str:
    """Return a value as one reads it, on one line; a Dutch number has a comma."""
    if not isinstance(value, float):
        return printable(" ".join(str(value).split()))
    number = f"{value:.0f}" if abs(value) >= WHOLE_FROM else f"{value:.1f}"
    return number.replace(".", ",") if language == "nl" else number
