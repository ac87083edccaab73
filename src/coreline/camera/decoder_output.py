"""What the decoders write: libjpeg reports damage on standard error and nowhere else."""

import os
import re
import sys
from collections import deque
from typing import Final

STDERR: Final = 2  # the system's number
# Many webcams add a few bytes to each picture, which harms nothing; few bytes too many may also be
# all that damage leaves behind. Of a camera that does it most of the time, it is a habit.
FEW_BYTES: Final = 16
REMEMBERED: Final = 30  # pictures, a second of most webcams: a guess
_EXTRA: Final = re.compile(rb"(\d+) extraneous bytes")
_DAMAGE: Final = re.compile(rb"premature end|bad Huffman|instead of RST|Invalid")


class DecoderOutput:
    """Takes over the standard error of the whole process, for good; only the child may do this.

    On Windows the decoders have a standard error of their own, out of reach: there damage in the
    middle of a picture is not told from a picture.
    """

    def __init__(self) -> None:
        """Send what is written to standard error here from now on."""
        self._judge = DamageJudge()
        self._out: int | None = None
        if sys.platform == "win32":
            return
        self._out, into = os.pipe()
        # Neither side ever waits: what does not fit is lost, which is no loss.
        os.set_blocking(self._out, False)
        os.set_blocking(into, False)
        os.dup2(into, STDERR)
        os.close(into)

    def reports_damage(self) -> bool:
        """Say whether what was said since this was last asked means damage to one picture."""
        return self._judge.is_damage(self._taken())

    def _taken(self) -> bytes:
        said = b""
        while self._out is not None:
            try:
                more = os.read(self._out, 1 << 16)
            except BlockingIOError:
                break
            said += more
        return said


class DamageJudge:
    """Tells lines that mean damage from the habits of a camera."""

    def __init__(self) -> None:
        """Begin with a camera without habits."""
        self._few: deque[bool] = deque([False] * REMEMBERED, REMEMBERED)

    def is_damage(self, said: bytes) -> bool:
        """Say whether what was said of a picture means that a part of it is wrong."""
        extra = max((int(count) for count in _EXTRA.findall(said)), default=0)
        few = 0 < extra <= FEW_BYTES
        self._few.append(few)
        if few and sum(self._few) * 2 > REMEMBERED:
            extra = 0
        return extra > 0 or _DAMAGE.search(said) is not None
