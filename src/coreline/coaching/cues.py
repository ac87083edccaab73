"""What is said aloud: cues found by id, with their priority and their text in every language."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from coreline.programme.spec import Frozen, Text
from coreline.programme.toml_data import near_names, parse_model, refuse_value

CueId = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9_]+$")]


class Cue(Frozen):
    """One thing to say; priority 0 comes before all others, 4 when there is nothing else."""

    id: CueId
    priority: Annotated[int, Field(ge=0, le=4)]
    text: Text


class _CueFile(Frozen):
    """The data file of the cues."""

    cues: Annotated[tuple[Cue, ...], Field(min_length=1, strict=False)]


class CueBook:
    """All cues, in the order of their file."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        """Take cues whose ids differ."""
        self._by_id = {cue.id: cue for cue in cues}

    def __iter__(self) -> Iterator[Cue]:
        """Yield the cues in the order of their file."""
        return iter(self._by_id.values())

    def __len__(self) -> int:
        """Return the number of cues."""
        return len(self._by_id)

    def __contains__(self, cue_id: object) -> bool:
        """Say whether there is a cue with this id."""
        return cue_id in self._by_id

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the cues' ids in the order of their file."""
        return tuple(self._by_id)

    def get(self, cue_id: str) -> Cue:
        """Return the cue with this id.

        Raises:
            LookupError: There is none; the message offers the near ones.
        """
        if cue_id in self._by_id:
            return self._by_id[cue_id]
        raise LookupError(f'no cue "{cue_id}" in cues.toml;{near_names(cue_id, self.ids)}')


def parse_cues(text: str, source: str) -> CueBook:
    """Return the cues in a TOML text; `source` is the file's name, for errors.

    Raises:
        BadDataError: The text is malformed, or two cues have the same id.
    """
    cues = parse_model(text, source, _CueFile).cues
    taken: set[str] = set()
    for index, cue in enumerate(cues):
        if cue.id in taken:
            complaint = f'"{cue.id}" is the id of a cue above too; give it another'
            raise refuse_value(text, source, ("cues", index, "id"), complaint)
        taken.add(cue.id)
    return CueBook(cues)
