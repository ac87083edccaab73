"""The package's own data, and a user's own exercises beside it."""

from pathlib import Path

import pytest

from coreline.coaching.words import words_of
from coreline.data_files import (
    load_catalogue,
    load_cues,
    load_programme,
    load_words,
    words_with,
)
from coreline.errors import BadDataError
from coreline.programme.spec import Text
from own_exercise import CATALOGUE, LOW_PLANK

SEVENTEENTH = """
id = "w12-dead-bug"
level = "w12"
place = 5
sides = "each_leg"
view = "side"
confidence = "low"
name = { nl = "Dode kever", en = "Dead bug" }
start_position = { nl = "Op je rug.", en = "On your back." }
movement = { nl = "Strek één been.", en = "Stretch one leg." }
explanation = { nl = "Strek om de beurt een been.", en = "Stretch one leg after the other." }
not_visible = { nl = "Je rug.", en = "Your back." }
dose = { kind = "hold", sets = 2, hold_s = 10, rest_s = 15.5 }
"""


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_package_s_own_data_loads() -> None:
    assert len(load_catalogue()) == 16
    assert load_programme().levels
    assert len(load_cues()) > 0
    assert load_words().keys


def test_the_files_are_named_after_their_exercises() -> None:
    folder = Path(__file__).parents[1] / "src" / "coreline" / "programme" / "exercises"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(load_catalogue().ids)


@pytest.mark.parametrize("as_folder", [True, False])
def test_the_seventeenth_exercise_is_one_file(tmp_path: Path, as_folder: bool) -> None:
    path = write(tmp_path, SEVENTEENTH)
    catalogue = load_catalogue(tmp_path if as_folder else path)
    assert len(catalogue) == 17
    assert catalogue.of_level("w12")[-1].id == "w12-dead-bug"
    assert not catalogue.get("w12-dead-bug").judged


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SEVENTEENTH.replace("\n", "\r\n").encode())
    assert load_catalogue(path).get("w12-dead-bug").dose.rest_s == 15.5


def test_a_wrong_key_names_the_user_s_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, SEVENTEENTH.replace("rest_s", "pause_s"))
    with pytest.raises(BadDataError) as caught:
        load_catalogue(path)
    assert str(caught.value).startswith(f"{path}:13: dose.pause_s: unknown key;")


def test_an_id_of_the_package_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, SEVENTEENTH.replace("w12-dead-bug", "w56-crunch"))
    with pytest.raises(BadDataError, match=r':2: id: "w56-crunch" is the id of w56-crunch\.toml'):
        load_catalogue(path)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadDataError, match="no exercise in it"):
        load_catalogue(tmp_path)
    with pytest.raises(BadDataError, match="not found; give a TOML file"):
        load_catalogue(tmp_path / "gone")
    (tmp_path / "own.toml").write_bytes(b"id = 'a'\nname = '\xff'\n")
    with pytest.raises(BadDataError, match=r"own\.toml:2: not UTF-8; save the file as UTF-8"):
        load_catalogue(tmp_path)
    (tmp_path / "own.toml").unlink()
    (tmp_path / "own.toml").mkdir()
    with pytest.raises(BadDataError, match="no exercise in it"):
        load_catalogue(tmp_path)


def test_of_the_kept_ones_a_broken_one_is_an_error_or_left_out_and_said(tmp_path: Path) -> None:
    kept = tmp_path / "exercises"
    assert len(load_catalogue(kept=kept)) == 16  # the folder need not be there
    kept.mkdir()
    write(kept, SEVENTEENTH)
    broken = write(kept, SEVENTEENTH.replace("rest_s", "pause_s"), "a-broken.toml")
    with pytest.raises(BadDataError, match=r"a-broken\.toml:13: dose\.pause_s: unknown key"):
        load_catalogue(kept=kept)
    said: list[BadDataError] = []
    catalogue = load_catalogue(kept=kept, refused=said.append)
    assert [each.id for each in catalogue.own] == ["w12-dead-bug"]
    (why,) = said
    assert "pause_s: unknown key" in str(why)
    assert "pause_s" not in why.in_("nl"), "the format's words are English"
    assert str(broken) in why.in_("nl")
    with pytest.raises(BadDataError, match=r"a-broken\.toml:13: "):
        load_catalogue(broken, kept, said.append)  # it was asked for


def test_what_is_kept_and_pointed_at_is_there_once(tmp_path: Path) -> None:
    path = write(tmp_path, SEVENTEENTH)
    assert len(load_catalogue(path, tmp_path)) == len(load_catalogue(tmp_path, tmp_path)) == 17


def test_a_folder_with_too_much_in_it_keeps_nobody_from_training(tmp_path: Path) -> None:
    for number in range(101):
        write(tmp_path, SEVENTEENTH, f"{number}.toml")
    said: list[BadDataError] = []
    assert len(load_catalogue(kept=tmp_path, refused=said.append)) == 16
    assert len(said) == 1


def test_words_of_one_s_own_never_take_the_place_of_the_program_s() -> None:
    words = words_with(CATALOGUE)
    assert words.say("fault.hips_dropped.name", "nl") == "heupen gezakt"
    assert words.say("fault.hips_dropped.correction", "en").startswith("Press your elbows")
    assert words.say("cue.own.lift_hips", "nl").startswith("Til je heupen op")
    assert words.keys[: len(load_words().keys)] == load_words().keys
    assert all(words.text(key) == load_words().text(key) for key in load_words().keys)


def test_braces_in_words_of_one_s_own_are_only_braces() -> None:
    named = CATALOGUE.get(LOW_PLANK).model_copy(update={"cues": {"a": Text(nl="{x", en="x}")}})
    words = load_words().with_more(words_of([named]))
    assert (words.say("cue.own.a", "nl"), words.say("cue.own.a", "en")) == ("{x", "x}")


def test_what_was_pointed_at_once_is_not_there_the_next_time(tmp_path: Path) -> None:
    """The package's own exercises are read once and shared; nobody else's may join them."""
    before = load_catalogue().ids
    assert len(load_catalogue(write(tmp_path, SEVENTEENTH)).ids) == len(before) + 1
    assert load_catalogue().ids == before
    assert load_catalogue().own == ()
