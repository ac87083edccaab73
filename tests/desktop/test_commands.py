"""`coreline reminder`, the setting, the doctor and `uninstall`, each with the system's timer."""

import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coreline.choices.settings import load_settings
from coreline.commands.install import install
from coreline.commands.reminder import Action, reminder, ring
from coreline.commands.settings import Action as SettingsAction
from coreline.commands.settings import settings as settings_command
from coreline.commands.uninstall import uninstall
from coreline.desktop.launcher import ringer
from coreline.doctor.finding import Finding, Severity
from coreline.doctor.reminder import check_reminder
from coreline.errors import BadDataError, DesktopError
from coreline.files.folders import database_file, settings_file
from coreline.journal.database import open_journal
from coreline.programme.life import Profile, RestChosen
from desktop.conftest import Programs

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="with systemd's timer"),
    pytest.mark.usefixtures("home"),
]
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def units(home: Path) -> list[str]:
    return sorted(each.name for each in (home / "config" / "systemd" / "user").glob("*"))


def examined() -> Finding:
    (finding,) = check_reminder(load_settings().reminded_at, ringer())
    assert finding.what("nl") != finding.what("en")
    assert (finding.fix("en") is None) == (finding.state is Severity.OK)
    return finding


def test_it_is_off_until_it_is_asked_for(
    capsys: pytest.CaptureFixture[str], systemctl: Path
) -> None:
    reminder()
    assert capsys.readouterr().out.startswith("Reminder: off.")
    assert not systemctl.exists()
    assert (examined().code, examined().state) == ("off", Severity.OK)


@pytest.mark.usefixtures("systemctl", "notify_send")
def test_it_goes_on_at_times_as_people_type_them_and_off_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reminder(Action.ON, at=["19u30", "8.15"])
    assert "08:15 19:30, by systemd" in capsys.readouterr().out
    assert load_settings().reminder == "08:15 19:30"
    assert len(units(home)) == 2
    assert (examined().code, examined().state) == ("rings", Severity.OK)
    reminder(Action.SHOW, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["times"], told["state"], told["can_show"]) == (["08:15", "19:30"], "rings", True)
    reminder(Action.ON)
    assert load_settings().reminder == "08:15 19:30"
    reminder(Action.OFF)
    assert load_settings().reminder == "off"
    assert units(home) == []


@pytest.mark.usefixtures("systemctl")
def test_without_a_time_it_is_the_usual_one(capsys: pytest.CaptureFixture[str]) -> None:
    reminder(Action.ON)
    assert "08:00" in capsys.readouterr().out


@pytest.mark.usefixtures("systemctl")
def test_the_setting_is_the_same_switch(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings_command(SettingsAction.SET, "reminder", "8.00, 19.30")
    assert "08:00 19:30" in capsys.readouterr().out
    assert len(units(home)) == 2
    for off in ("uit", "off", "default"):
        settings_command(SettingsAction.SET, "reminder", off)
        assert load_settings().reminder == "off"
    assert units(home) == []


@pytest.mark.usefixtures("systemctl")
@pytest.mark.parametrize("typed", ["25:00", "soon", "8 9 10 11 12 13 14"])
def test_what_is_no_time_changes_nothing(home: Path, typed: str) -> None:
    with pytest.raises(BadDataError):
        settings_command(SettingsAction.SET, "reminder", typed)
    assert load_settings().reminder == "off"
    assert units(home) == []


@pytest.mark.usefixtures("systemctl")
def test_times_with_another_action_are_refused() -> None:
    with pytest.raises(BadDataError, match="--at goes with"):
        reminder(Action.OFF, at=["8.00"])


def test_a_system_without_it_leaves_the_setting_as_it_was(programs: Programs) -> None:
    programs.put("systemctl", "#!/bin/sh\necho 'no bus' >&2\nexit 1\n")
    with pytest.raises(DesktopError, match="no bus"):
        reminder(Action.ON)
    assert load_settings().reminder == "off"


@pytest.mark.usefixtures("notify_send")
def test_the_doctor_says_why_it_will_not_ring(home: Path, systemctl: Path) -> None:
    reminder(Action.ON)
    (systemctl.parent / "active").unlink()
    assert examined().code == "stopped"
    (home / "config" / "systemd" / "user" / "coreline-reminder.timer").unlink()
    assert examined().code == "missing"
    reminder(Action.ON)
    assert examined().code == "rings"
    (home / "config" / "coreline" / "settings.toml").unlink()
    assert examined().code == "left"


@pytest.mark.usefixtures("systemctl")
def test_one_that_cannot_be_shown_is_a_problem(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shell's own programs alone are there, among which notify-send is not."""
    for name in ("sh", "rm"):
        (programs.folder / name).symlink_to(shutil.which(name) or "")
    monkeypatch.setenv("PATH", str(programs.folder))
    reminder(Action.ON)
    assert "notify-send is missing" in capsys.readouterr().out
    assert examined().code == "cannot_show"


def somebody_new(language: str = "nl") -> Profile:
    return Profile("p1", "Anna", "nl" if language == "nl" else "en", NOW.date())


def test_it_rings_with_what_is_to_be_done_in_the_person_s_language(notify_send: Path) -> None:
    with open_journal(database_file(), today=NOW.date()) as journal:
        journal.save_profile(somebody_new())
        journal.use_profile("p1")
    ring(load_settings(), NOW)
    *_, title, text = notify_send.read_text(encoding="utf-8").splitlines()
    assert title == "Tijd voor je oefeningen"
    assert "Zijbrug" in text
    assert "minuten" in text


def test_it_is_silent_for_nobody_and_on_a_day_of_rest(notify_send: Path) -> None:
    ring(load_settings(), NOW)
    with open_journal(database_file(), today=NOW.date()) as journal:
        journal.save_profile(somebody_new())
        journal.use_profile("p1")
        journal.note("p1", RestChosen(NOW.date(), 2))
    ring(load_settings(), NOW)
    assert not notify_send.exists()


@pytest.mark.usefixtures("systemctl")
def test_uninstalling_takes_the_reminder_along(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install()
    reminder(Action.ON)
    uninstall()
    assert "The reminder is off." in capsys.readouterr().out
    assert units(home) == []
    assert load_settings().reminder == "off"


@pytest.mark.usefixtures("systemctl")
@pytest.mark.parametrize("broken", ["reminder = [", 'volume = "loud"\n'])
def test_settings_that_cannot_be_read_keep_nobody_from_uninstalling(
    home: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    install()
    reminder(Action.ON)
    settings_file().write_text(broken, encoding="utf-8")
    uninstall()
    assert "The reminder is off." in capsys.readouterr().out
    assert units(home) == []
    assert settings_file().read_text(encoding="utf-8") == broken
    uninstall()
    assert "The reminder is off." not in capsys.readouterr().out
