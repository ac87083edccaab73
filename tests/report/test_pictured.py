"""What is drawn over a picture, and where: within it, and on the body."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.judging.moments import InPicture, Moment
from coreline.programme.language import LANGUAGES, Language
from coreline.report.html import render_session
from coreline.report.pictured import Photo, Photos, moments_shown, photo_note, pictured
from coreline.report.wording import Wording
from report_records import CATALOGUE, PLANK, WORDS, a_session, changed, recorded

SOURCE = "data:image/webp;base64,AAAA"
LINE = (11, 23, 25, 27)
SHARE = st.floats(0.0, 1.0)


def a_photo(size_px: tuple[int, int] = (400, 250), origin: tuple[float, float] = (0, 0)) -> Photo:
    return Photo(SOURCE, size_px, InPicture(size_px, origin, float(size_px[0])))


@st.composite
def shown(draw: st.DrawFn) -> tuple[Moment, Photo]:
    """Draw somebody whose line lies in the picture, which has any shape."""
    width, height = draw(st.integers(40, 900)), draw(st.integers(40, 900))
    points: list[tuple[float, float] | None] = [None] * 33
    for joint in LINE:
        points[joint] = (draw(SHARE), draw(SHARE) * height / width)
    moment = Moment(1.0, draw(st.floats(-40.0, 40.0)), tuple(points), LINE)
    return moment, a_photo((width, height))


@settings(max_examples=60)
@given(shown())
def test_the_words_of_the_angle_stand_in_the_picture(drawn: tuple[Moment, Photo]) -> None:
    moment, photo = drawn
    found = pictured("p1", photo, "9° low", moment)
    x, y = found.label_place
    assert 0.0 < x < found.width
    assert y > 0.0
    assert y < found.height or found.height < 60.0  # a strip has no room for words
    assert found.height == pytest.approx(found.width * photo.size_px[1] / photo.size_px[0], abs=0.1)


def test_the_line_goes_through_the_landmarks_of_the_picture() -> None:
    points: list[tuple[float, float] | None] = [None] * 33
    for joint, place in zip(LINE, [(0.1, 0.1), (0.2, 0.2), (0.3, 0.1), (0.4, 0.1)], strict=True):
        points[joint] = place
    moment = Moment(1.0, 5.0, tuple(points), LINE)
    photo = Photo(SOURCE, (520, 260), InPicture((520, 260), (52.0, 26.0), 260.0))
    found = pictured("p1", photo, "", moment, moment)
    assert found.line == "M39 26l13 13 13-13 13 0"  # half as large as the picture
    assert found.own == found.line


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_is_in_the_page_once_however_often_it_is_shown(language: Language) -> None:
    report = a_session()
    photos = {moment.t_s: a_photo(origin=(200, 200)) for moment in moments_shown(report.analyses)}
    page = render_session(report, CATALOGUE, WORDS, language, Photos(photos, faceless=True))
    used = page.count('<use href="#p')
    assert used > page.count("<image ") == page.count(SOURCE) >= 4
    assert 'class="body"' not in page
    said = Wording(WORDS, language).own("photo_faceless")
    assert page.count(said) == used


def test_a_moment_without_a_picture_has_its_drawing() -> None:
    report = a_session()
    moments = moments_shown(report.analyses)
    photos = Photos({moments[0].t_s: a_photo(origin=(200, 200))}, {moments[1].t_s: "cut"})
    page = render_session(report, CATALOGUE, WORDS, "en", photos)
    assert page.count("<image ") == 1
    assert 'class="body"' in page
    why = "Drawings in place of some pictures: the video of this session ends too early."
    assert page.count(why) == 1


def test_who_wants_no_pictures_gets_the_page_as_it_was() -> None:
    report = a_session()
    before = render_session(report, CATALOGUE, WORDS, "en")
    assert render_session(report, CATALOGUE, WORDS, "en", Photos()) == before
    assert photo_note(Photos(), Wording(WORDS, "en")) == ""


def test_a_set_done_twice_shows_each_moment_once() -> None:
    plank = recorded(PLANK)
    again = changed(plank, set_number=2)
    assert len(moments_shown([plank, again])) == 2
    assert moments_shown([changed(plank, best=None, worst=None)]) == []


def test_a_page_with_many_pictures_is_less_than_a_megabyte() -> None:
    """The page makes room: its tables are shortened where the pictures need it."""
    report = a_session()
    sets = []
    for number, each in enumerate(report.analyses * 5):
        moved = [
            None if moment is None else replace(moment, t_s=moment.t_s + 100.0 * number)
            for moment in (each.record.best, each.record.worst)
        ]
        sets.append(changed(each, set_number=number + 1, best=moved[0], worst=moved[1]))
    moments = moments_shown(sets)
    source = f"data:image/webp;base64,{'A' * (600_000 // len(moments) - 30)}"
    photos = {each.t_s: replace(a_photo(origin=(200, 200)), source=source) for each in moments}
    page = render_session(
        replace(report, analyses=tuple(sets)), CATALOGUE, WORDS, "nl", Photos(photos)
    )
    assert len(page.encode()) < 1_000_000
