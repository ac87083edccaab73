"""What the screen says: its own words, those it shares with the report, names and cues."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coreline.coaching.cues import Cue, CueBook
from coreline.data_files import load_texts
from coreline.programme.language import Language
from coreline.programme.spec import Exercise
from coreline.programme.texts import FlatTexts, TextBook

CORRECTION = 1  # priorities of a cue
PRAISE = 4


class SentenceKind(StrEnum):
    """What kind of sentence this is; each has a shape and a colour."""

    PLAIN = "plain"
    GOOD = "good"
    CORRECTION = "correction"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The one sentence at the bottom."""

    text: str
    tone: SentenceKind = SentenceKind.PLAIN


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything the screen can say in one language; `exercise` finds an exercise by its id.

    `called` says what the person calls one, where somebody knows; without it, its name alone.
    `prescribed` has what the physiotherapist says of exercises, by their ids; it may be nothing.
    """

    language: Language
    exercise: Callable[[str], Exercise]
    cues: CueBook
    words: TextBook
    called: Callable[[str], str] | None = None
    prescribed: Mapping[str, str] = field(default_factory=dict)

    def own(self, key: str, **fillings: int | str) -> str:
        """Return one of the screen's own words, its places filled in."""
        return own_texts().say(key, self.language, **fillings)

    def word(self, key: str) -> str:
        """Return a word that is shared with the report."""
        return self.words.say(key, self.language)

    def sentence(self, key: str, **fillings: int | str) -> str:
        """Return a sentence that is shared with the terminal, its places filled in."""
        return self.words.say(f"sentence.{key}", self.language, **fillings)

    def title(self, key: str) -> str:
        """Return a shared word with a capital."""
        word = self.word(key)
        return word[:1].upper() + word[1:]

    def cue(self, cue_id: str) -> Sentence:
        """Return a cue as a sentence."""
        cue = self.cues.get(cue_id)
        return Sentence(cue.text.in_(self.language), _tone(cue))

    def name(self, exercise_id: str) -> str:
        """Return an exercise's name, told apart from others where somebody knows the person."""
        if self.called is not None:
            return self.called(exercise_id)
        return self.exercise(exercise_id).name.in_(self.language)

    def side(self, exercise_id: str, side: str | None) -> str:
        """Return the words for the working side, or nothing where there is none."""
        if side is None:
            return ""
        sides = self.exercise(exercise_id).sides
        if sides == "both_ways":  # nothing works on one side alone: it is how one lies
            return self.own(f"facing_{side}")
        return self.word(f"side.{side}_{'leg' if sides == 'each_leg' else 'side'}")


def own_texts() -> TextBook:
    """Return the screen's own words."""
    return load_texts("screen/texts.toml", FlatTexts)


def _tone(cue: Cue) -> SentenceKind:
    """Return the kind of sentence a cue is."""
    if cue.priority <= CORRECTION:
        return SentenceKind.CORRECTION
    return SentenceKind.GOOD if cue.priority == PRAISE else SentenceKind.PLAIN
