"""A list of clips: what its cells may say, and how what is wrong is told with its row."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.archive.clip_list import clips_listed
from coreline.archive.tasks import AUTO, Asked, Clip
from coreline.body.measures import Side
from coreline.data_files import load_catalogue, load_programme, load_vocabulary
from coreline.errors import BadDataError
from coreline.judging.ready import Place
from coreline.limits import CLIP_LIST_BYTES
from coreline.programme.called import Namer

NAMER = Namer(load_catalogue(), load_programme(), load_vocabulary())


def listed(folder: Path, text: str | bytes, usual: Asked | None = None) -> list[Clip]:
    path = folder / "clips.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return clips_listed(path, None, usual or Asked(), lambda name: NAMER.exercise(name).id)


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(BadDataError) as error:
        listed(folder, text)
    line = str(error.value)
    assert "\n" not in line
    assert error.value.nl is not None
    return line.replace(str(folder), "FOLDER")


def test_each_clip_has_what_its_row_says(tmp_path: Path) -> None:
    first, second = listed(
        tmp_path,
        "file,exercise,side,on,person,height\n"
        "a.mp4,buikbrug w34,links,bal,Anna,1.75\n"
        "sub/b.mp4,,,,,\n",
        Asked("w12-back-bridge", side=Side.RIGHT),
    )
    assert first.where == str(tmp_path / "a.mp4")
    assert first.asked == Asked("w34-belly-bridge", Side.LEFT, Place.BALL, "Anna", 1.75)
    assert second == Clip(
        str(tmp_path / "sub/b.mp4"), "sub/b.mp4", Asked("w12-back-bridge", Side.RIGHT)
    )


def test_a_dutch_spreadsheet_s_table_is_taken(tmp_path: Path) -> None:
    text = (
        "\ufeffBestand;Oefening;Kant;Persoon;Lengte\r\nZoë 日 1.mp4;plank;rechts;Zoë;1,68\r\n\r\n"
    )
    (clip,) = listed(tmp_path, text)
    assert (clip.name, clip.asked.side, clip.asked.height_m) == ("Zoë 日 1.mp4", Side.RIGHT, 1.68)
    assert clip.asked.person == "Zoë"


def test_files_lie_in_the_folder_that_was_given(tmp_path: Path) -> None:
    path = tmp_path / "clips.csv"
    path.write_text("file\na.mp4\nhttps://host/b.mp4\n/c.mp4\n", encoding="utf-8")
    clips = clips_listed(path, Path("there"), Asked(), str)
    assert [clip.where for clip in clips] == ["there/a.mp4", "https://host/b.mp4", "/c.mp4"]
    assert {clip.asked.exercise for clip in clips} == {AUTO}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file\n", "row 1: names no clip"),
        ("exercise\nplank\n", "row 1: has no column file"),
        ("file,excercise\na.mp4,plank\n", "row 1: column excercise: did you mean exercise?"),
        ("file,file\na,b\n", "row 1: has two columns file"),
        ("file,exercise\na.mp4,jump\n", 'row 2: unknown exercise "jump": '),
        ("file,side\na.mp4,up\n", "row 2: side up: "),
        ("file,on\na.mp4,bed\n", "row 2: on bed: "),
        ("file,height\na.mp4,tall\n", "row 2: height tall: "),
        ("file,person\n\na.mp4,\u202e\n", "row 3: person: not a name"),
        ("file,side\na.mp4,left\n,left\n", "row 3: names no file"),
        ("file,side\na.mp4,left,Anna\n", "row 2: has 3 cells for 2 columns"),
        ("file,side\na.mp4,left\na.mp4,right\n", "row 3: a.mp4: stands in row 2 as well"),
        ('file\n"a.mp4\n', "row 2: is no row of a table"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(text: str, said: str, tmp_path: Path) -> None:
    assert refused(tmp_path, text).startswith(f"FOLDER/clips.csv, {said}")


def test_what_is_no_list_is_said(tmp_path: Path) -> None:
    assert "clips.csv:2: not UTF-8" in refused(tmp_path, b"file\n\xff.mp4\n")
    assert "is an empty file" in refused(tmp_path, b"")
    assert "is a JPEG picture" in refused(tmp_path, b"\xff\xd8\xff\xe0")
    assert "is larger than 4 MB" in refused(tmp_path, b"file\n" + b"a" * CLIP_LIST_BYTES)
    with pytest.raises(BadDataError, match="give a CSV file"):
        clips_listed(tmp_path / "gone.csv", None, Asked(), str)


@given(text=st.text(max_size=60))
def test_whatever_is_in_it_is_a_list_or_one_line(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("list")
    try:
        clips = listed(folder, f"file,side,person\n{text}".encode("utf-8", "replace"))
    except BadDataError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either is right
    else:
        assert clips
