import subprocess
import sys

import pytest

from coreline.camera.decoder_output import REMEMBERED, DamageJudge

FEW = b"Corrupt JPEG data: 2 extraneous bytes before marker 0xd9\n"
MANY = b"Corrupt JPEG data: 97 extraneous bytes before marker 0xd9\n"
END = b"Corrupt JPEG data: premature end of data segment\n"


@pytest.mark.parametrize(
    "said", [FEW, MANY, END, FEW + END, b"Corrupt JPEG data: bad Huffman code"]
)
def test_damage_to_one_picture(said: bytes) -> None:
    judge = DamageJudge()
    assert judge.is_damage(said)
    assert not judge.is_damage(b"")


def test_a_few_bytes_with_every_picture_are_a_habit_but_many_never() -> None:
    judge = DamageJudge()
    told = [judge.is_damage(FEW) for _ in range(REMEMBERED)]
    assert told == [True] * (REMEMBERED // 2) + [False] * (REMEMBERED // 2)
    assert judge.is_damage(MANY)
    assert judge.is_damage(END)


def test_other_remarks_are_no_damage() -> None:
    assert not DamageJudge().is_damage(b"VIDEOIO ERROR: V4L: can't open camera by index 0\n")


SCRIPT = """
import cv2, numpy as np, os, sys
from coreline.camera.decoder_output import DecoderOutput
shown = os.dup(2)
decoder_output = DecoderOutput()
good = cv2.imencode(".jpg", np.random.default_rng(1).integers(0, 255, (48, 64, 3)))[1]
half = np.concatenate([good[: len(good) // 2], np.array([0xFF, 0xD9], np.uint8)])
for data in (good, half, good):
    assert cv2.imdecode(data, cv2.IMREAD_COLOR) is not None
    print(decoder_output.reports_damage())
os.write(2, b"x" * 1000000)
print(decoder_output.reports_damage())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="its decoders cannot be overheard there")
def test_the_decoder_is_overheard_and_never_waits() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["False", "True", "False", "False"]
    assert done.stderr == ""
