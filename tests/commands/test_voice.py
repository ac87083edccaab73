"""`coreline voice`, as it is typed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import typer
from tools.hearing import find, heard, record_to
from typer.testing import CliRunner, Result

from coreline.coaching.cues import Cue
from coreline.coaching.spoken import spoken
from coreline.commands import voice
from coreline.commands.recording import record_all
from coreline.commands.wording import words_in
from coreline.data_files import load_catalogue, load_cues
from coreline.errors import CorelineError, NoVoiceError
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.sound.beeps import RATE_HZ
from coreline.sound.checking import Fault
from coreline.sound.own_voice import OwnVoice
from coreline.sound.speech import Speech
from fake_commands import bin_folder, put_command
from listening import clip_of

__all__ = ["bin_folder"]
BOOK = spoken(load_cues(), load_catalogue())
ESPEAK = ("--", "espeak-ng", "-v", "nl", "-w", "{wav}", "{text}")
needs_espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed"
)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnVoice:
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "config"))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    return OwnVoice(tmp_path / "data" / "recordings", "nl")


def typed(*words: str) -> Result:
    return CliRunner().invoke(voice.app, words)


def refused(*words: str) -> str:
    done = typed(*words)
    assert isinstance(done.exception, CorelineError)
    line = done.exception.in_("nl")
    assert "\n" not in line
    return line


@needs_espeak
def test_a_program_that_is_really_there_says_the_lines(own: OwnVoice) -> None:
    ids = ("--only", "num.01", "--only", "fix.hips_up")
    done = typed("make", "--with", "command", *ids, *ESPEAK)
    assert done.exit_code == 0, done.exception
    assert done.output.splitlines()[:2] == [
        "1/2 num.01                   Eén.",
        "2/2 fix.hips_up              Til je heupen op.",
    ]
    assert done.output.splitlines()[2].startswith("2 gemaakt door espeak-ng, 0 waren er al")
    assert typed("check").exit_code == 0
    stamp = (own.folder / "num.01.wav").stat().st_mtime_ns
    again = typed("make", "--with", "command", *ids, *ESPEAK)
    assert again.output.startswith("0 gemaakt door espeak-ng, 2 waren er al")
    assert (own.folder / "num.01.wav").stat().st_mtime_ns == stamp
    lines = typed("list").output.splitlines()
    assert "num.01                   deze computer Eén." in lines
    assert "num.02                   Coreline zelf Twee." in lines


def test_what_cannot_wait_is_made_first_and_kept_when_the_rest_fails(
    bin_folder: Path, own: OwnVoice
) -> None:
    counts = f"c = pathlib.Path({str(bin_folder / 'count')!r}); n = len(c.read_bytes())\n"
    (bin_folder / "count").touch()
    body = f"{counts}c.write_bytes(b'x' * (n + 1)); n == 2 and sys.exit(4)\n"
    put_command(bin_folder, "mine", f"{body}shutil.copy(word, sys.argv[1])")
    done = typed("make", "--with", "command", "--language", "en", "--", "mine", "{wav}")
    assert isinstance(done.exception, NoVoiceError)
    assert [line.split()[0] for line in done.output.splitlines()] == [
        f"1/{len(BOOK)}",
        f"2/{len(BOOK)}",
    ]
    english = OwnVoice(own.recordings, "en")
    assert len(english.made()) == 2
    assert all(cue_id.startswith("pain.") for cue_id in english.made())
    assert {path.stat().st_mode & 0o777 for path in english.files()} == {0o600}


def test_what_one_has_recorded_is_listed_and_stays(bin_folder: Path, own: OwnVoice) -> None:
    put_command(bin_folder, "mine", "shutil.copy(word, sys.argv[1])")
    own.folder.mkdir(parents=True)
    soundfile.write(own.folder / "num.01.ogg", clip_of("num.01"), RATE_HZ)
    before = (own.folder / "num.01.ogg").read_bytes()
    command = ("make", "--with", "command", "--only", "num.01", "--again", "--", "mine", "{wav}")
    assert typed(*command).output.startswith("0 gemaakt")
    assert (own.folder / "num.01.ogg").read_bytes() == before
    assert "num.01                   jij           Eén." in typed("list").output.splitlines()


def test_what_is_played_is_heard(
    own: OwnVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in record_to(tmp_path / "heard.pcm").items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("coreline.sound.device.LONGEST_END_MS", 60_000)
    # Heard whole, even where SDL is late because the machine is busy.
    monkeypatch.setattr("coreline.sound.player.GRACE_S", 60.0)
    own.folder.mkdir(parents=True)
    mine = np.random.default_rng(9).normal(0.0, 0.1, RATE_HZ // 2)
    soundfile.write(own.folder / "num.02.wav", mine, RATE_HZ)
    done = typed("play", "num.01", "num.02")
    assert done.exit_code == 0, done.exception
    assert "Eén." in done.output
    sounded = heard(tmp_path / "heard.pcm")
    for clip in (clip_of("num.01", "nl"), mine):
        assert find(clip, sounded).likeness > 0.9


def test_without_a_loudspeaker_nothing_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonesuch")
    assert "geen geluid" in refused("play", "num.01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("play", "fix.hips_pu"), "wat erop lijkt: fix.hips_up"),
        (("make", "--with", "command"), "heeft {wav} nodig"),
        (("make", "--with", "command", "--", "espeak-ng", "{text}"), "heeft {wav} nodig"),
        (("make", "--with", "say", "--", "espeak-ng"), "alleen bij --with command"),
        (("make", "--with", "say"), "say is er niet op deze computer"),
        (("make", "--with", "piper"), "piper heeft een model nodig"),
        (("make", "--with", "piper", "--model", "none.onnx"), "none.onnx is geen bestand"),
        (("record", "fix.hips_pu"), "wat erop lijkt: fix.hips_up"),
    ],
)
def test_each_mistake_is_one_line_and_makes_nothing(
    words: tuple[str, ...], said: str, own: OwnVoice
) -> None:
    assert said in refused(*words)
    assert not own.recordings.exists()


def test_what_is_wrong_is_said_in_both_languages(own: OwnVoice) -> None:
    for language in ("nl", "en"):
        folder = OwnVoice(own.recordings, language).folder
        folder.mkdir(parents=True)
        soundfile.write(folder / "fix.hips_up.wav", clip_of("fix.hips_up")[2_400:], RATE_HZ)
    dutch = typed("check")
    assert dutch.exit_code == 1
    assert "fix.hips_up.wav: het begin is afgekapt" in dutch.output
    assert f"1 van {len(BOOK)} zinnen" in dutch.output
    english = typed("check", "--language", "en")
    assert "fix.hips_up.wav: the beginning is cut off" in english.output
    assert f"and {len(BOOK) - 11} more" in english.output


def test_every_fault_has_its_words() -> None:
    for fault in Fault:
        assert words_in("nl")(f"voice.{fault}", said="x") != words_in("en")(
            f"voice.{fault}", said="x"
        )


class Tape:
    """A microphone that hears what is on a tape."""

    def __init__(self, *takes: Speech) -> None:
        self.takes = list(takes)

    def take(self, until: Callable[[], object]) -> Speech:
        until()
        return self.takes.pop(0)


def in_a_room(clip: Speech) -> Speech:
    take = np.concatenate([np.zeros(RATE_HZ), clip * 0.3, np.zeros(RATE_HZ)])
    return take + np.random.default_rng(4).normal(0.0, 0.001, len(take))


def recorded(own: OwnVoice, tape: Tape, answers: str, ids: tuple[str, ...]) -> int:
    """Record with what is typed at each question, a sign each; - is Enter alone."""
    typed_in = iter(answers.replace("-", "\n"))
    cues = [BOOK.get(cue_id) for cue_id in ids]
    return record_all(cues, tape, own, words_in("nl"), lambda _: next(typed_in))


def test_a_line_is_kept_as_loud_and_as_short_as_the_others(own: OwnVoice) -> None:
    clip = clip_of("fix.hips_up", "nl")
    assert recorded(own, Tape(in_a_room(clip)), "---", ("fix.hips_up",)) == 1
    wave, _ = soundfile.read(own.folder / "fix.hips_up.wav")
    assert len(wave) == pytest.approx(len(clip), abs=0.1 * RATE_HZ)
    assert find(clip, np.concatenate([np.zeros(RATE_HZ), wave])).likeness > 0.9
    assert typed("check").exit_code == 0


def test_one_repeats_skips_and_stops(own: OwnVoice, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = clip_of("num.01"), clip_of("num.04")
    silent = np.zeros(RATE_HZ)
    tape = Tape(in_a_room(first), in_a_room(second), silent, in_a_room(first))
    ids = ("num.01", "num.02", "num.03", "num.04")
    # The first again and kept, the second skipped, of the third nothing is heard and then thrown
    # away, and at the fourth it is enough.
    assert recorded(own, tape, "--n--" + "o" + "----o" + "q", ids) == 1
    assert [path.name for path in own.files()] == ["num.01.wav"]
    wave, _ = soundfile.read(own.folder / "num.01.wav")
    assert find(np.asarray(wave), in_a_room(second)).likeness > 0.9
    assert "er was niets te horen" in capsys.readouterr().out


@pytest.mark.parametrize("enough", ["q", "x"])
def test_enough_is_enough_at_the_last_question_of_a_line_too(own: OwnVoice, enough: str) -> None:
    """Nothing more is asked, and what was kept before stays."""
    first, second = in_a_room(clip_of("num.01")), in_a_room(clip_of("num.02"))
    answers = "---" + f"--{enough}"
    assert recorded(own, Tape(first, second), answers, ("num.01", "num.02", "num.03")) == 1
    assert [path.name for path in own.files()] == ["num.01.wav"]


def test_a_take_of_nothing_but_the_room_is_not_kept(
    own: OwnVoice, capsys: pytest.CaptureFixture[str]
) -> None:
    fan = np.random.default_rng(5).normal(0.0, 0.01, 2 * RATE_HZ)
    assert recorded(own, Tape(fan), "--o", ("num.01",)) == 0
    assert "er was niets te horen" in capsys.readouterr().out
    assert not own.folder.exists()


def test_of_a_recording_that_begins_too_late_the_person_is_told(
    own: OwnVoice, capsys: pytest.CaptureFixture[str]
) -> None:
    take = in_a_room(clip_of("fix.hips_up"))[round(1.2 * RATE_HZ) :]
    recorded(own, Tape(take), "--o", ("fix.hips_up",))
    assert "het begin is afgekapt" in capsys.readouterr().out
    assert not own.folder.exists()


def test_only_what_is_missing_or_was_made_is_asked_for(
    own: OwnVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Deaf:
        pass

    def noted(cues: list[Cue], *_: object) -> int:
        asked.extend(cue.id for cue in cues)
        return 0

    monkeypatch.setattr(voice, "Microphone", Deaf)
    monkeypatch.setattr(voice, "record_all", noted)
    own.put("num.01", b"hers")
    own.put_made("num.02", b"made", "Twee.", "piper")
    assert typed("record", "num.01", "num.02", "num.03").exit_code == 0
    assert asked == ["num.02", "num.03"]
    assert "Je hebt alles opgenomen" in typed("record", "num.01").output


def test_where_no_microphone_is_reached_the_fix_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for body, said in (
        ("raise ImportError('none')", "pip install sounddevice"),
        ("raise OSError('PortAudio library not found')", "PortAudio library not found"),
        ("def check_input_settings(**_): raise ValueError('No input device')", "No input device"),
    ):
        (tmp_path / "sounddevice.py").write_text(body, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(__import__("sys").modules, "sounddevice", raising=False)
        assert said in refused("record", "num.01")


def test_help_has_examples() -> None:
    assert "espeak-ng -v nl" in typed("make", "--help").output
    assert isinstance(voice.app, typer.Typer)
    assert issubclass(NoVoiceError, CorelineError)
