"""The folder of a person's own recordings of the voice: what is in it, and who made it.

Beside the recordings lies `made.json`: what this computer's voice made, which text each says, and
the file's sum. So a recording that a person made, or changed, is known from one that may be made
anew; and nothing of theirs is ever written over.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError

from coreline.errors import BadDataError
from coreline.files.folders import make_private
from coreline.files.reading import is_file, read_file
from coreline.files.writing import write_bytes, write_text
from coreline.limits import MEGABYTE, SOUND_BYTES, SOUNDS
from coreline.printable import as_json
from coreline.programme.language import Language
from coreline.programme.spec import Frozen
from coreline.sound.clips import ENDINGS

LIST_NAME: Final = "made.json"
MADE_ENDING: Final = ".wav"


class Made(Frozen):
    """What a voice of this computer made: the text it says, the file's sum, and whose voice."""

    text: str
    sha256: str
    voice: str


class _MadeFile(Frozen):
    """The list of them, by the cue's id."""

    made: dict[str, Made] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnVoice:
    """The recordings of one language; the folder need not be there yet."""

    recordings: Path
    language: Language

    @property
    def folder(self) -> Path:
        """Return where they lie."""
        return self.recordings / self.language

    def file_of(self, cue_id: str) -> Path | None:
        """Return a cue's recording, the one that is played where there are several."""
        paths = (self.folder / f"{cue_id}{ending}" for ending in ENDINGS)
        return next((path for path in paths if path.exists() or path.is_symlink()), None)

    def files(self) -> Iterator[Path]:
        """Yield every recording by name.

        Raises:
            BadDataError: The folder cannot be looked into, or holds more than a voice has.
        """
        try:
            found = sorted(self.folder.iterdir()) if self.folder.exists() else []
        except OSError as error:
            raise BadDataError(
                f"{self.folder}: cannot be read ({error.strerror}); allow it, or name another",
                nl=f"{self.folder}: is niet te lezen; geef er toegang toe, of noem een andere",
            ) from error
        if len(found) > SOUNDS:
            raise BadDataError(
                f"{self.folder}: {len(found)} files; keep {SOUNDS} at most in it",
                nl=f"{self.folder}: {len(found)} bestanden; laat er hoogstens {SOUNDS} in staan",
            )
        yield from (path for path in found if path.suffix in ENDINGS)

    def made(self) -> dict[str, Made]:
        """Return what the list says, of what is still as it was made."""
        listed = self._listed()
        return {cue_id: each for cue_id, each in listed.items() if self._is_as_made(cue_id, each)}

    def put(self, cue_id: str, content: bytes) -> Path:
        """Keep a recording of the person's own, as a WAV file.

        Raises:
            BadOutputError: It cannot be written.
        """
        path = make_private(self.folder) / f"{cue_id}{MADE_ENDING}"
        write_bytes(path, content)
        return path

    def put_made(self, cue_id: str, content: bytes, text: str, voice: str) -> None:
        """Keep a recording that a voice of this computer made, and put it on the list.

        Raises:
            BadOutputError: It cannot be written.
        """
        made = Made(text=text, sha256=hashlib.sha256(content).hexdigest(), voice=voice)
        listed = {**self._listed(), cue_id: made}
        document = {"made": {key: each.model_dump() for key, each in sorted(listed.items())}}
        # The list first: a file that is not as it says is taken for the person's own.
        write_text(make_private(self.folder) / LIST_NAME, as_json(document) + "\n")
        self.put(cue_id, content)

    def _listed(self) -> dict[str, Made]:
        """Return the list; where it cannot be understood, everything counts as the person's."""
        try:
            text = read_file(self.folder / LIST_NAME, MEGABYTE).decode("utf-8")
            return _MadeFile.model_validate(json.loads(text)).made
        except (OSError, ValueError, RecursionError, ValidationError):
            return {}

    def _is_as_made(self, cue_id: str, made: Made) -> bool:
        path = self.file_of(cue_id)
        if path is None or path.suffix != MADE_ENDING or not is_file(path):
            return False
        try:
            return hashlib.sha256(read_file(path, SOUND_BYTES)).hexdigest() == made.sha256
        except OSError:
            return False
