"""Every command that writes, at places that are no plain file: pipes, devices and links stay."""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import done, refused, typed
from coreline.choices.places import Places, Spot, load_places, save_places
from coreline.errors import BadDataError, BadOutputError
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.files.recordings import load_trace, save_trace
from coreline.journal.database import open_journal
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.programme.life import USUAL_PLACE
from journal_values import ANNA, DAY, HOLD, copy_of, judged, keep_session
from judged_recordings import RECORDINGS
from targets import NULL, device, is_still, needs_pipes, pipe, read_from

POSES = "poses.npz"
JUDGED = ("analyze", POSES, "--exercise", HOLD)
JUDGED_S = 6.0  # of the recording: what is written begins the same
# What is typed before the place, and how what is written there begins.
OUTPUTS: dict[str, tuple[tuple[object, ...], bytes]] = {
    "facts": ((*JUDGED, "--json"), b"{"),
    "trace": ((*JUDGED, "--trace"), b"t_s,"),
    "form": ((*JUDGED, "--report"), b"<!"),
    "poses": ((*JUDGED, "--save-poses"), b"PK"),
    "report": (("report", "--out"), b"<!"),
    "weeks": (("report", "--weeks", "2", "--out"), b"<!"),
    "csv": (("export", "--format", "csv", "--out"), b"\xef\xbb\xbf"),
    "json": (("export", "--format", "json", "--out"), b"{"),
    "fhir": (("export", "--format", "fhir", "--out"), b"{"),
    "journal": (("journal", "export"), b"SQLite format 3\0"),
    "calendar": (("plan", "--ics"), b"BEGIN:VCALENDAR"),
}
every_output = pytest.mark.parametrize("output", OUTPUTS)
SPOT = Spot("first", USUAL_PLACE, CameraPlace(FoundBy.BODY, (640, 480), (400.0, 400.0), 200.0, 2.5))


@pytest.fixture(scope="module")
def poses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a hold that has just begun, as a recording."""
    path = tmp_path_factory.mktemp("recording") / POSES
    trace = load_trace(RECORDINGS / f"{HOLD}.landmarks.npz")
    frames = [frame for frame in trace if frame[0] < JUDGED_S]
    save_trace(path, frames, size_px=(trace.width, trace.height), fps=trace.fps)
    return path


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, poses: Path) -> Path:
    """Keep a session of Anna, and the settings beside it."""
    monkeypatch.chdir(poses.parent)
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    monkeypatch.setenv(CONFIG_VARIABLE, str(folder))
    with open_journal(folder / "coreline.sqlite3", today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.use_profile(ANNA.id)
        keep_session(journal, [copy_of(judged(HOLD))])
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a name in a folder of its own."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "result"


def write(output: str, place: Path) -> None:
    done(*OUTPUTS[output][0], place)


@every_output
def test_a_device_stays_one(output: str, place: Path) -> None:
    device(place, NULL)
    write(output, place)
    assert is_still(place)


@every_output
def test_a_pipe_gets_all_of_it_and_stays_one(output: str, place: Path) -> None:
    pipe(place)
    with read_from(place) as came:
        write(output, place)
        assert came().startswith(OUTPUTS[output][1])
    assert is_still(place)


@every_output
def test_a_pipe_that_nobody_reads_is_said(output: str, place: Path) -> None:
    pipe(place)
    assert "nobody reads" in refused(BadOutputError, *OUTPUTS[output][0], place)
    assert is_still(place)


@needs_pipes
@every_output
def test_a_link_stays_and_what_it_points_at_is_its_owner_s(output: str, place: Path) -> None:
    target = place.with_name("target")
    target.write_bytes(b"the old one")
    target.chmod(0o644)
    place.symlink_to(target)
    write(output, place)
    assert place.is_symlink()
    assert target.read_bytes().startswith(OUTPUTS[output][1])
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(place.parent.iterdir()) == [place, target]


@needs_pipes
@every_output
def test_a_link_to_nothing_is_refused(output: str, place: Path) -> None:
    place.symlink_to(place.with_name("gone"))
    assert "is a link to what is not there" in refused(BadOutputError, *OUTPUTS[output][0], place)
    assert list(place.parent.iterdir()) == [place]


def test_settings_that_are_a_device_stay_one(data: Path) -> None:
    device(data / "settings.toml", NULL)
    assert typed("settings", "set", "sound", "mute").exit_code == 0
    assert is_still(data / "settings.toml")


def test_settings_that_are_a_pipe_are_not_waited_for(data: Path) -> None:
    pipe(data / "settings.toml")
    assert "is no regular file" in refused(BadDataError, "settings", "set", "sound", "mute")
    assert is_still(data / "settings.toml")


@pytest.mark.parametrize("make", [pipe, lambda path: device(path, NULL)])
def test_places_that_are_no_file_are_left_alone(make: Callable[[Path], Path], data: Path) -> None:
    path = make(data / "places.json")
    assert "is no regular file" in str(load_places(path).said)
    if path.is_char_device():
        save_places(path, Places((SPOT,)))
    else:
        with pytest.raises(BadOutputError, match="nobody reads"):
            save_places(path, Places((SPOT,)))
    assert is_still(path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_places_that_are_a_link_stay_one(data: Path) -> None:
    link, target = data / "places.json", data / "elsewhere.json"
    target.write_text('{"version": 1, "spots": []}', encoding="utf-8")
    link.symlink_to(target)
    save_places(link, Places((SPOT,)))
    assert link.is_symlink()
    assert load_places(target).places == Places((SPOT,))
