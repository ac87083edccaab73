"""What is kept is all listed, whatever lies there; and that nothing is sent is looked at."""

import ast
import json
import re
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from coreline.choices.settings import Settings
from coreline.commands import doctor
from coreline.desktop.launcher import ringer
from coreline.desktop.reminder import mechanism
from coreline.doctor.privacy import Kind, count_people, files_kept
from coreline.doctor.sending import look_at_sending
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE, log_folder, make_private
from coreline.files.resources import PACKAGE
from coreline.files.writing import appending, write_bytes
from coreline.journal.database import open_journal
from journal_values import ANNA, BORIS, DAY, HOLD, NOTES, RAISES, copy_of, judged, keep_session

app = typer.Typer(rich_markup_mode=None)
app.command()(doctor.doctor)
# What may reach the network, and who of us uses it.
NETWORK = {
    *("socket", "ssl", "http", "http.client", "urllib.request", "smtplib", "ftplib", "asyncio"),
    *("xmlrpc", "socketserver", "requests", "httpx", "aiohttp", "urllib3", "websockets"),
    *("fsspec", "dask", "distributed"),
}
ALLOWED = {
    "archive/cluster.py": "the cluster whose address the person gives",
    "archive/fetching.py": "clips whose addresses the person gives",
    "camera/mjpeg.py": "the camera whose address the person gives",
    "files/writing.py": "a socket among the files of this computer, which the person names",
    "sound/windows_voice.py": "asyncio, by which Windows's own voice is waited for",
}
NAMES = {
    "coreline.sqlite3-wal": Kind.JOURNAL,
    "coreline.sqlite3.ledger": Kind.LEDGER,
    "coreline.sqlite3.suspect": Kind.MARKS,
    "coreline.sqlite3.damaged-2026-11-01-120000-000001": Kind.DAMAGED,
    "coreline.sqlite3.damaged-2026-11-01-120000-000001-wal": Kind.DAMAGED,
    "backups/coreline-000001-2026-11-01-before-008-x.sqlite3": Kind.BACKUPS,
    "backups/.0123456789abcdef.part": Kind.LEFTOVERS,
    "places.json": Kind.PLACES,
    "places.json.damaged1": Kind.DAMAGED,
    "reports/a1/2026-11-01-180000.html": Kind.REPORTS,
    "videos/a1/2026-11-01-180000.mkv": Kind.VIDEOS,
    "exercises/mine.toml": Kind.EXERCISES,
    "plans/1f2e/plan.toml": Kind.PLANS,
    "recordings/nl/go.ogg": Kind.VOICE,
    "settings.toml": Kind.SETTINGS,
    "reminder.xml": Kind.REMINDER,
    "log/coreline.log.3": Kind.LOG,
    "log/fault.txt": Kind.LOG,
    "log/other": Kind.UNKNOWN,
    "poses.npz": Kind.UNKNOWN,
    "backups/letter.txt": Kind.UNKNOWN,
    "deep/er/coreline.sqlite3": Kind.UNKNOWN,
}
needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which two people have trained."""
    folder = tmp_path / "data"
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    monkeypatch.setenv(CONFIG_VARIABLE, str(folder))
    with open_journal(folder / "coreline.sqlite3", today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.save_profile(BORIS)
        for note in NOTES:
            journal.note(ANNA.id, note)
        keep_session(journal, [copy_of(judged(HOLD)), copy_of(judged(RAISES))])
    return folder


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["--privacy", *words])


def test_whatever_lies_there_is_listed_under_its_kind(tmp_path: Path) -> None:
    for name in NAMES:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(name, encoding="utf-8")
    found = {each.path.relative_to(tmp_path).as_posix(): each for each in files_kept([tmp_path])}
    assert {name: each.kind for name, each in found.items()} == NAMES
    assert all(each.size == len(name) for name, each in found.items())


@needs_modes
def test_a_link_is_a_file_and_what_it_leads_to_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "private").write_text("mine", encoding="utf-8")
    (tmp_path / "data" / "reports").symlink_to(tmp_path / "letters")
    (each,) = files_kept([tmp_path / "data"])
    assert (each.kind, each.path.name) == (Kind.UNKNOWN, "reports")


def test_what_the_program_makes_is_all_known(folder: Path) -> None:
    appending(make_private(log_folder()) / "coreline.log").close()
    with open_journal(folder / "coreline.sqlite3", today=DAY):
        found = {each.path.name: each.kind for each in files_kept([folder])}
    assert Kind.UNKNOWN not in found.values(), found
    assert {Kind.JOURNAL, Kind.BACKUPS, Kind.MARKS, Kind.LOG} <= set(found.values())


@pytest.mark.usefixtures("folder")
def test_the_reminder_is_listed_which_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "system"))
    monkeypatch.setenv("HOME", str(tmp_path))
    listed = mechanism().files((), ringer())
    assert not any(str(place) in typed().output for place in listed)
    for place, content in listed.items():
        write_bytes(make_private(place.parent) / place.name, content)
    shown = typed("--language", "en")
    assert shown.exit_code == 0
    assert all(str(place) in shown.output for place in listed)
    assert "coreline reminder off removes it" in shown.output


def test_the_rows_of_each_person_are_counted(folder: Path) -> None:
    anna, boris = count_people(folder / "coreline.sqlite3").people
    assert (anna.name, boris.name) == (ANNA.name, BORIS.name)
    assert anna.counts["sessions"] == 1
    assert anna.counts["sets"] == anna.counts["traces"] == 2
    assert anna.counts["attempts"] > 3
    assert (anna.counts["pains"], anna.counts["choices"]) == (2, 6)
    assert not any(boris.counts.values())


def test_a_journal_that_cannot_be_read_is_said(folder: Path) -> None:
    (folder / "coreline.sqlite3").write_text("these are notes" * 100, encoding="utf-8")
    counted = count_people(folder / "coreline.sqlite3")
    assert counted.people == ()
    assert "coreline.sqlite3" in str(counted.trouble)
    assert typed().exit_code == 0


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_person_reads_what_is_kept_where_and_that_nothing_is_sent(
    folder: Path, language: str
) -> None:
    done = typed("--language", language)
    assert done.exit_code == 0, done.output
    assert str(folder / "coreline.sqlite3") in done.output
    assert f"{ANNA.name}: 1 " in done.output
    assert ("Nothing is sent" if language == "en" else "Er wordt niets verstuurd") in done.output
    assert ("unknown" if language == "en" else "onbekend") not in done.output
    (folder / "letter").write_text("mine", encoding="utf-8")
    again = typed("--language", language).output
    assert ("unknown" if language == "en" else "onbekend") in again
    assert str(folder / "letter") in again


def test_a_machine_reads_the_same(folder: Path) -> None:
    document = json.loads(typed("--json").output)
    assert (document["schema"], document["needs_fixing"]) == (1, False)
    assert [each["kind"] for each in document["kept"]] == [kind.value for kind in Kind]
    journal = document["kept"][0]
    assert journal["files"][0]["path"] == str(folder / "coreline.sqlite3")
    assert journal["bytes"] == sum(each["bytes"] for each in journal["files"]) > 0
    assert document["people"][0]["counts"]["sessions"] == 1
    assert document["sends_nothing"] is True
    assert [each["well"] for each in document["looked"]] in (
        [True] * 5,
        [True, None, True, True, True],
    )


@needs_modes
def test_what_others_may_read_is_told_and_the_exit_code_tells(folder: Path) -> None:
    report = folder / "reports" / "a1" / "form.html"
    report.parent.mkdir(parents=True)
    report.write_text("mine", encoding="utf-8")
    report.chmod(0o644)
    assert typed().exit_code == 0, "its folder keeps others out"
    folder.chmod(0o755)
    done = typed("--language", "en")
    assert done.exit_code == 1
    assert f"0644        4 B  {report}  (others who use this computer may read it" in done.output
    assert stat.S_IMODE(report.stat().st_mode) == 0o644


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not looked at")
def test_a_connection_is_noticed() -> None:
    def states() -> dict[str, bool | None]:
        return {each.code: each.is_well for each in look_at_sending(Settings())}

    assert states()["no_connection"] is True
    with socket.create_server(("127.0.0.1", 0)):
        assert states()["no_connection"] is False


def test_the_camera_s_address_is_told_without_its_password() -> None:
    settings = Settings(camera="http://anna:secret@phone.local:8080/video?key=1", keep_video=True)
    looked = {each.code: each.value for each in look_at_sending(settings)}
    assert looked["camera_address"] == "http://phone.local:8080/video"
    assert "video_kept" in looked


@pytest.mark.parametrize("agreed", ["off", "no_faces", "on"])
def test_it_is_told_whether_pictures_stand_in_reports(agreed: str) -> None:
    settings = Settings.model_validate({"report_pictures": agreed})
    assert look_at_sending(settings)[-1].code == f"pictures_{agreed}"
    assert look_at_sending(Settings())[-1].code == "pictures_off"


def test_nobody_but_the_camera_can_reach_a_network() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if NETWORK & set(imported(path.read_text(encoding="utf-8")))
    }
    assert found == ALLOWED.keys()
    assert "AF_INET" not in (PACKAGE / "files" / "writing.py").read_text(encoding="utf-8")
    voice = (PACKAGE / "sound" / "windows_voice.py").read_text(encoding="utf-8")
    assert re.findall(r"asyncio\.\w+", voice) == ["asyncio.run"]


def imported(source: str) -> Iterator[str]:
    for each in ast.walk(ast.parse(source)):
        match each:
            case ast.Import(names):
                yield from (one.name for one in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{one.name}" for one in names)
            case ast.Call(ast.Name("import_module"), [ast.Constant(str(module))]):
                yield module
