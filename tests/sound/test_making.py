"""A voice of this computer says the cues: by commands that are there, and by some that fail."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from coreline.coaching.cues import Cue
from coreline.errors import NoVoiceError
from coreline.programme.spec import Text
from coreline.sound.making import make, to_make
from coreline.sound.own_voice import OwnVoice
from coreline.sound.speakers import CommandSpeaker
from fake_commands import bin_folder, put_command, word

__all__ = ["bin_folder"]
CUES = [
    Cue(id=f"num.0{number}", priority=3, text=Text(en=en, nl=nl))
    for number, (en, nl) in enumerate((("One (1).", "Eén (1)."), ("Two.", "Twee.")), 1)
]
SPEAKER = CommandSpeaker("speaks", ("speaks", "-o", "{wav}", "{text}"))
SPEAKS = "shutil.copy(word, at('-o'))"


@pytest.fixture
def own(tmp_path: Path) -> OwnVoice:
    return OwnVoice(tmp_path / "recordings", "nl")


def made(own: OwnVoice, *, again: bool = False) -> list[str]:
    return [cue.id for cue in make(to_make(CUES, own, again=again), SPEAKER, own)]


def test_each_is_made_once_trimmed_and_levelled(bin_folder: Path, own: OwnVoice) -> None:
    put_command(
        bin_folder,
        "speaks",
        f"{SPEAKS}\nopen({str(bin_folder / 'log')!r}, 'a').write(sys.argv[3] + '|')",
    )
    assert made(own) == ["num.01", "num.02"]
    wave, rate_hz = soundfile.read(own.folder / "num.01.wav")
    assert rate_hz == 24_000
    assert len(wave) / rate_hz == pytest.approx(0.5 + 0.075, abs=0.05)
    assert np.abs(wave).max() > 0.3
    assert made(own) == []
    assert (bin_folder / "log").read_text(encoding="utf-8") == "Eén, 1.|Twee.|"


def test_a_recording_of_the_persons_own_is_never_touched(bin_folder: Path, own: OwnVoice) -> None:
    put_command(bin_folder, "speaks", SPEAKS)
    own.folder.mkdir(parents=True)
    (own.folder / "num.01.mp3").write_bytes(b"hers")
    assert made(own) == ["num.02"]
    (own.folder / "num.02.wav").write_bytes(b"hers too, over the one that was made")
    assert made(own, again=True) == []
    assert (own.folder / "num.01.mp3").read_bytes() == b"hers"
    assert (own.folder / "num.02.wav").read_bytes().startswith(b"hers too")


def test_what_was_made_can_be_made_again(bin_folder: Path, own: OwnVoice) -> None:
    put_command(bin_folder, "speaks", SPEAKS)
    made(own)
    first = (own.folder / "num.01.wav").read_bytes()
    soundfile.write(bin_folder / "word.wav", word(0.8), 22_050)
    assert made(own, again=True) == ["num.01", "num.02"]
    assert (own.folder / "num.01.wav").read_bytes() != first
    assert set(own.made()) == {"num.01", "num.02"}


def test_a_list_that_cannot_be_understood_protects_everything(
    bin_folder: Path, own: OwnVoice
) -> None:
    put_command(bin_folder, "speaks", SPEAKS)
    made(own)
    (own.folder / "made.json").write_text("{", encoding="utf-8")
    assert made(own, again=True) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sys.stderr.write('no such voice\\n'); sys.exit(3)", "refused: no such voice"),
        ("sys.exit(3)", "refused: exit 3"),
        ("pass", "num.01: it wrote no file"),
        ("open(at('-o'), 'wb').close()", "num.01: it is no recording"),
        ("open(at('-o'), 'wb').write(open(word, 'rb').read()[:30])", "num.01: it is cut off"),
        ("open(at('-o'), 'w').write('hello there')", "num.01: it is no recording"),
    ],
)
def test_each_failure_is_one_line_and_leaves_nothing(
    bin_folder: Path, own: OwnVoice, body: str, said: str
) -> None:
    put_command(bin_folder, "speaks", body)
    with pytest.raises(NoVoiceError) as caught:
        made(own)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not own.folder.exists()


def test_silence_is_refused(bin_folder: Path, own: OwnVoice) -> None:
    put_command(bin_folder, "speaks", SPEAKS)
    soundfile.write(bin_folder / "word.wav", np.zeros(8_000), 16_000)
    with pytest.raises(NoVoiceError, match="nothing can be heard"):
        made(own)


def test_a_program_that_is_not_there_is_named(own: OwnVoice) -> None:
    with pytest.raises(NoVoiceError, match="speaks is not on this computer"):
        made(own)


def test_one_that_is_interrupted_goes_on_where_it_was(bin_folder: Path, own: OwnVoice) -> None:
    put_command(bin_folder, "speaks", SPEAKS)
    assert [cue.id for cue in stopped_after(1, own)] == ["num.01"]
    assert sorted(path.name for path in own.folder.iterdir()) == ["made.json", "num.01.wav"]
    assert made(own) == ["num.02"]


def test_one_that_fails_midway_keeps_what_it_had(bin_folder: Path, own: OwnVoice) -> None:
    put_command(bin_folder, "speaks", f"sys.argv[3] == 'Twee.' and sys.exit(1)\n{SPEAKS}")
    with pytest.raises(NoVoiceError):
        made(own)
    assert own.file_of("num.01") is not None
    assert own.file_of("num.02") is None
    assert list(json.loads((own.folder / "made.json").read_text("utf-8"))["made"]) == ["num.01"]


def stopped_after(number: int, own: OwnVoice) -> Iterator[Cue]:
    """Yield some cues as they are made, then stop as Ctrl-C does."""
    for count, cue in enumerate(make(to_make(CUES, own, again=False), SPEAKER, own), 1):
        yield cue
        if count == number:
            return
