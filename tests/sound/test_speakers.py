"""Which command is run, and with what: macOS's, piper, one's own, and Windows's by its package."""

import importlib
import sys
from pathlib import Path

import pytest

from coreline.errors import NoVoiceError
from coreline.sound.speakers import (
    CommandSpeaker,
    chosen_voice,
    piper_speaker,
    say_speaker,
    say_voices,
)
from coreline.sound.windows_voice import windows_speaker
from fake_commands import bin_folder, put_command

__all__ = ["bin_folder"]
# As macOS prints it.
LISTING = """\
Alex                en_US    # Hello! My name is Alex.
Bad News            en_US    # Hello! My name is Bad News.
Ellen               nl_BE    # Hallo! Mijn naam is Ellen.
Claire (Enhanced)   nl_NL    # Hallo! Mijn naam is Claire.
Eddy (Engels (VK))  en_GB    # Hello! My name is Eddy.
"""
SAY = f"""\
if '?' in sys.argv: print({LISTING!r}); sys.exit()
pathlib.Path(at('-o')).write_text('|'.join(sys.argv[1:]) + '|' + sys.stdin.read(), encoding='utf-8')
"""
WINRT = """
class Voice:
    def __init__(self, display_name, language):
        self.display_name, self.language = display_name, language

class Stream:
    def __init__(self, content):
        self.content, self.size = content, len(content)
    def get_input_stream_at(self, place):
        return self.content[place:]

class Static(type):
    @property
    def all_voices(cls):
        return [Voice("Microsoft David", "en-US"), Voice("Microsoft Frank", "nl-NL")]

class SpeechSynthesizer(metaclass=Static):
    voice = None
    async def synthesize_text_to_stream_async(self, text):
        if text == "fail":
            raise OSError("no voice data")
        return Stream(f"{self.voice.display_name}: {text}".encode())

class DataReader:
    def __init__(self, content):
        self.content = content
    async def load_async(self, size):
        assert size == len(self.content)
    def read_bytes(self, into):
        into[:] = self.content
"""


def test_say_is_asked_for_a_voice_of_the_language_and_told_the_text(
    bin_folder: Path, tmp_path: Path
) -> None:
    put_command(bin_folder, "say", SAY)
    speaker = say_speaker("nl", None)
    assert speaker.name == "say Claire (Enhanced)"
    speaker.speak("Houd vast.", tmp_path / "x.wav")
    assert (tmp_path / "x.wav").read_text("utf-8").split("|") == [
        "-v",
        "Claire (Enhanced)",
        "-o",
        str(tmp_path / "x.wav"),
        "--file-format=WAVE",
        "--data-format=LEI16@24000",
        "-f",
        "-",
        "Houd vast.\n",
    ]
    assert say_speaker("nl", "ellen").name == "say Ellen"
    with pytest.raises(NoVoiceError, match=r"no voice Xander for nl .* Ellen, Claire"):
        say_speaker("nl", "Xander")


def test_every_voice_of_a_listing_is_read() -> None:
    assert say_voices(LISTING) == [
        ("Alex", "en"),
        ("Bad News", "en"),
        ("Ellen", "nl"),
        ("Claire (Enhanced)", "nl"),
        ("Eddy (Engels (VK))", "en"),
    ]
    assert say_voices("nonsense\n\n") == []


def test_without_a_voice_of_the_language_there_is_none() -> None:
    with pytest.raises(NoVoiceError, match=r"^no voice for nl on .* there is: none"):
        chosen_voice([], "nl", None)


def test_piper_is_told_the_text(bin_folder: Path, tmp_path: Path) -> None:
    put_command(bin_folder, "piper", SAY.replace("'-o'", "'-f'"))
    (tmp_path / "nl.onnx").touch()
    piper_speaker(tmp_path / "nl.onnx").speak("Houd vast.", tmp_path / "x.wav")
    assert (tmp_path / "x.wav").read_text("utf-8").split("|") == [
        "-m",
        str(tmp_path / "nl.onnx"),
        "-f",
        str(tmp_path / "x.wav"),
        "Houd vast.\n",
    ]
    for model, said in (
        (None, "a model; give it: --model"),
        (tmp_path / "none.onnx", r"none\.onnx is no file"),
    ):
        with pytest.raises(NoVoiceError, match=said):
            piper_speaker(model)


def test_no_shell_and_no_place_in_a_text_is_filled_in(bin_folder: Path, tmp_path: Path) -> None:
    put_command(bin_folder, "mine", "pathlib.Path(at('-w')).write_text(sys.argv[-1])")
    text = "$(touch no) `x` ; {wav} 'quoted\""
    speaker = CommandSpeaker("mine", ("mine", "-w", "{wav}", "-t={text}"))
    speaker.speak(text, tmp_path / "x.wav")
    assert (tmp_path / "x.wav").read_text("utf-8") == f"-t={text}"


def test_no_text_is_taken_for_an_option(bin_folder: Path, tmp_path: Path) -> None:
    put_command(bin_folder, "mine", "pathlib.Path(at('-w')).write_text(sys.argv[-1])")
    speaker = CommandSpeaker("mine", ("mine", "-w", "{wav}", "{text}"))
    speaker.speak("--phonout=elsewhere", tmp_path / "x.wav")
    assert (tmp_path / "x.wav").read_text("utf-8") == "phonout=elsewhere"


@pytest.mark.parametrize("words", [(), ("espeak-ng",), ("espeak-ng", "{text}"), ("{wav}",)])
def test_a_command_that_is_not_told_where_to_write_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(NoVoiceError, match=r"needs \{wav\}"):
        CommandSpeaker("mine", words)


def test_one_that_does_not_end_is_given_up(
    bin_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_command(bin_folder, "mine", "time.sleep(600)")
    monkeypatch.setattr("coreline.sound.speakers.PATIENCE_S", 0.2)
    with pytest.raises(NoVoiceError, match="gave no answer"):
        CommandSpeaker("mine", ("mine", "{wav}")).speak("", tmp_path / "x.wav")


def put_module(folder: Path, name: str) -> None:
    module = folder.joinpath("winrt", "windows", *name.split("."))
    module.mkdir(parents=True)
    (module / "__init__.py").write_text(WINRT, encoding="utf-8")
    importlib.invalidate_caches()


def test_windows_speaks_by_its_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("foundation", "media.speechsynthesis", "storage.streams"):
        put_module(tmp_path, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        with pytest.raises(NoVoiceError, match=r"winrt-Windows\.Foundation\.Collections~="):
            windows_speaker("nl", None)
        put_module(tmp_path, "foundation.collections")
        speaker = windows_speaker("nl", None)
        assert speaker.name == "Windows Microsoft Frank"
        speaker.speak("Houd vast.", tmp_path / "x.wav")
        assert (tmp_path / "x.wav").read_bytes() == b"Microsoft Frank: Houd vast."
        with pytest.raises(NoVoiceError, match="no voice data"):
            speaker.speak("fail", tmp_path / "y.wav")
        with pytest.raises(NoVoiceError, match="no voice Jaap"):
            windows_speaker("nl", "Jaap")
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "winrt"]:
            del sys.modules[name]


@pytest.mark.skipif(sys.platform == "win32", reason="there it may be installed")
def test_without_its_package_the_fix_is_said() -> None:
    with pytest.raises(NoVoiceError, match="pip install winrt-Windows"):
        windows_speaker("nl", None)
