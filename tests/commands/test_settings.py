"""`coreline settings`, as it is typed."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from coreline.choices.settings import Settings, load_settings
from coreline.commands import settings
from coreline.errors import CorelineError
from coreline.files.folders import CONFIG_VARIABLE

app = typer.Typer(rich_markup_mode=None)
app.command(epilog=settings.EXAMPLES)(settings.settings)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path))
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    return tmp_path / "settings.toml"


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_all_are_shown_with_what_they_may_be(file: Path) -> None:
    done = typed()
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert sorted(line.split()[0] for line in lines[:-2]) == sorted(Settings.model_fields)
    assert "sound             voice        Geluid: voice, beeps, mute" in lines
    assert "rest_extension_s  15           Meer rust: 5 tot 120" in lines
    assert lines[-1] == str(file)
    assert not file.exists()


def test_one_is_set_shown_and_put_back(file: Path) -> None:
    assert typed("set", "camera", "HD Webcam").output.startswith("camera            HD Webcam")
    assert load_settings(file).camera == "HD Webcam"
    assert typed("show", "camera").output.split()[1:3] == ["HD", "Webcam"]
    typed("set", "camera", "default")
    assert load_settings(file) == Settings()


def test_the_language_that_is_set_is_spoken(file: Path) -> None:
    typed("set", "language", "en")
    assert "Sound: " in typed("show", "sound").output
    assert file.is_file()


def test_a_machine_reads_it(file: Path) -> None:
    typed("set", "mirror", "off")
    document = json.loads(typed("--json").output)
    assert document["schema"] == 1
    assert document["path"] == str(file)
    assert document["settings"] == Settings(mirror=False).model_dump()
    assert json.loads(typed("show", "mirror", "--json").output)["settings"] == {"mirror": False}
    assert json.loads(typed("path", "--json").output) == {"path": str(file)}
    assert typed("path").output.strip() == str(file)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "sound", "loud"), "sound: \"loud\": must be 'voice', 'beeps' or 'mute'"),
        (("set", "sonud", "mute"), "did you mean sound?"),
        (("set", "sound"), "give a setting and its value"),
        (("set",), "give a setting and its value"),
        (("show", "sonud"), "did you mean sound?"),
        (("show", "sound", "mute"), "mute is too much"),
        (("path", "sound"), "sound is too much"),
        (("set", "rest_extension_s", "121"), "must be less than or equal to 120"),
        (("set", "recordings_dir", "voice"), "must be a whole path"),
        (("set", "camera", ""), "must be first, a number from 0"),
    ],
)
def test_each_mistake_is_one_line_and_changes_nothing(
    file: Path, words: tuple[str, ...], said: str
) -> None:
    done = typed(*words)
    assert isinstance(done.exception, CorelineError)
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)
    assert not file.exists()


def test_a_broken_file_is_said_and_kept(file: Path) -> None:
    file.write_text("# mine\nsound = 'loud'\n", encoding="utf-8")
    for words in ((), ("set", "mirror", "off"), ("--json",)):
        done = typed(*words)
        assert isinstance(done.exception, CorelineError)
        assert str(done.exception).startswith(f"{file}:2: sound: ")
    assert file.read_text(encoding="utf-8") == "# mine\nsound = 'loud'\n"
    assert typed("set", "sound", "mute").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# mine\n")


@pytest.mark.parametrize("key", sorted(Settings.model_fields))
def test_every_setting_can_be_typed_as_it_is_shown(key: str, file: Path) -> None:
    shown = typed("show", key).output.split()[1]
    done = typed("set", key, shown)
    assert done.exit_code == 0, done.exception
    assert load_settings(file) == Settings()


def test_help_has_examples() -> None:
    assert "coreline settings set sound beeps" in typed("--help").output
