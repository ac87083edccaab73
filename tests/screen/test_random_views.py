"""Whatever the session hands over, a page is drawn."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pygame import Surface

from coreline.data_files import load_catalogue, load_cues, load_words
from coreline.judging.events import Phase, State
from coreline.placement.checks import CameraTrouble, Check, PlacementTopic, Verdict
from coreline.programme.done import NoScore, Score
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.spec import Exercise, Text
from coreline.screen.forms.form import Key
from coreline.screen.forms.making import form_for
from coreline.screen.lettering import Style, draw_text
from coreline.screen.menu import (
    Article,
    Button,
    Choice,
    Heading,
    Menu,
    Number,
    Page,
    PainQuestion,
    TextField,
    TextRow,
    TodayPage,
    TodayRow,
    Toggle,
)
from coreline.screen.pages import draw_page
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.session.view import (
    Coming,
    InCourse,
    Line,
    Pause,
    Progress,
    RestTime,
    Result,
    Stage,
    View,
)
from screen import gallery

CATALOGUE = load_catalogue()
CUES, WORDS = load_cues(), load_words()
IDS = st.sampled_from(CATALOGUE.ids)
SIDES = st.sampled_from(["left", "right", None])
AMOUNTS = st.floats(0.0, 1e6, allow_nan=False)
ANY_TEXT = st.text(max_size=120)
NAMES = ANY_TEXT.filter(lambda text: bool(text.strip()))
COUNTS = st.integers(0, 10**7)
SIZES = st.sampled_from([(320, 240), (800, 600), (1280, 720), (540, 960)])
COMINGS = st.builds(
    Coming, IDS, SIDES, st.integers(1, 100), st.integers(1, 100), turns=st.booleans()
)
SHARES = st.floats(0.0, 1.0)
SCORES = st.builds(Score, st.floats(0.0, 100.0), SHARES) | st.builds(
    Score, st.none(), SHARES, st.sampled_from(NoScore)
)
RESULTS = st.builds(Result, IDS, SIDES, AMOUNTS, AMOUNTS, st.none() | SCORES, st.booleans())
CHECKS = st.builds(
    Check,
    st.sampled_from(PlacementTopic),
    st.sampled_from(Verdict),
    st.none() | st.sampled_from(CUES.ids),
)
PROGRESS = st.builds(
    Progress,
    phase=st.sampled_from(Phase),
    count=COUNTS,
    refused=COUNTS,
    target_count=st.none() | COUNTS,
    held_s=AMOUNTS,
    target_hold_s=AMOUNTS,
    clock_runs=st.booleans(),
)
LINES = st.builds(
    Line,
    state=st.sampled_from(State),
    deviation_deg=st.none() | st.floats(-1e4, 1e4),
    good_deg=st.floats(0.1, 20.0),
    fault_deg=st.floats(0.1, 60.0),
    faults=st.just(()),
    joints=st.just(gallery.VIEW.line.joints),
    near_side=SIDES,
)
COURSES = st.builds(
    InCourse,
    set_number=st.integers(1, 1000),
    sets=st.integers(1, 1000),
    block_number=st.integers(1, 500),
    blocks=st.integers(1, 500),
    left_s=AMOUNTS,
    coming=st.none() | COMINGS,
)
VIEWS = st.builds(
    View,
    t_s=AMOUNTS,
    stage=st.sampled_from(Stage),
    exercise_id=IDS,
    machine=st.sampled_from(["hold", "raises", "roll"]),
    side=SIDES,
    progress=PROGRESS,
    line=LINES,
    course=COURSES,
    rest=st.builds(RestTime, AMOUNTS, AMOUNTS),
    cue_id=st.none() | st.sampled_from(CUES.ids),
    countdown=st.none() | st.integers(-5, 10**6),
    checks=st.lists(CHECKS, max_size=9).map(tuple),
    pause=st.none() | st.sampled_from(Pause),
    trouble=st.none() | st.sampled_from(CameraTrouble),
    results=st.lists(RESULTS, max_size=30).map(tuple),
)
some = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def renamed(name: str, *, with_figure: bool) -> Texts:
    """Return texts in which every exercise has this name, and perhaps no figure."""

    def exercise(exercise_id: str) -> Exercise:
        own = CATALOGUE.get(exercise_id)
        text = Text.model_construct(nl=name, en=name)
        changes: dict[str, object] = {"name": text, "movement": text, "start_position": text}
        return own.model_copy(update=changes if with_figure else changes | {"figure": None})

    return Texts("nl", exercise, CUES, WORDS)


@some
@given(view=VIEWS, size=SIZES, name=NAMES, flags=st.lists(st.booleans(), min_size=7, max_size=7))
def test_every_view_is_drawn(
    view: View, size: tuple[int, int], name: str, flags: list[bool]
) -> None:
    picture = gallery.picture() if flags[0] else None
    pose = gallery.lying() if flags[1] else None
    silent, stale, muted, recording, mirror = flags[2:]
    scene = Scene(view, picture, pose, silent, stale, muted, recording, mirror=mirror)
    surface = Surface(size)
    spots = draw_page(surface, scene, renamed(name, with_figure=flags[0]), view.t_s, 1)
    for spot in spots:
        assert surface.get_rect().contains(spot.box.clip(surface.get_rect()))
        assert spot.box.width > 0


@some
@given(text=st.text(max_size=1000))
def test_every_text_is_drawn(text: str) -> None:
    surface = Surface((300, 80))
    draw_text(surface, text, surface.get_rect(), Style((255, 255, 255), 20.0, max_lines=2))


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800", "\u0301", "\u200b", "漢字", "\u0627" * 900, "🙂"]
)
def test_text_of_every_script_is_drawn(text: str) -> None:
    surface = Surface((300, 80))
    covered = draw_text(surface, text, surface.get_rect(), Style((255, 255, 255), 20.0))
    assert covered.width <= 300


ITEMS = st.lists(
    st.one_of(
        st.builds(Button, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.sampled_from(["", "x", "q"])),
        st.builds(
            Choice, ANY_TEXT, ANY_TEXT, st.just((("a", "A"), ("b", "B"))), st.sampled_from("abz")
        ),
        st.builds(Choice, ANY_TEXT, ANY_TEXT, st.just(()), st.just("a")),
        st.builds(
            Number, ANY_TEXT, ANY_TEXT, st.floats(-5, 5), st.just(-5.0), st.just(5.0), st.just(0.5)
        ),
        st.builds(TextField, ANY_TEXT, ANY_TEXT, ANY_TEXT),
        st.builds(Toggle, ANY_TEXT, ANY_TEXT, st.booleans()),
        st.builds(Heading, ANY_TEXT),
        st.builds(TextRow, ANY_TEXT, ANY_TEXT),
    ),
    max_size=14,
).map(tuple)
TODAY_ROWS = st.lists(
    st.builds(
        TodayRow,
        ANY_TEXT,
        ANY_TEXT,
        st.none() | st.floats(0, 3),
        ANY_TEXT,
        st.booleans(),
        st.sampled_from(["", "one", "two"]),
    ),
    max_size=12,
).map(tuple)
PAGES = st.one_of(
    st.builds(Menu, ANY_TEXT, ITEMS, st.none() | ANY_TEXT, ANY_TEXT),
    st.builds(Article, ANY_TEXT, st.lists(st.text(max_size=900), max_size=8).map(tuple)),
    st.builds(
        TodayPage,
        ANY_TEXT,
        ANY_TEXT,
        ANY_TEXT,
        TODAY_ROWS,
        st.lists(st.builds(Button, ANY_TEXT, ANY_TEXT), max_size=9).map(tuple),
        ANY_TEXT,
    ),
    st.builds(
        PainQuestion,
        ANY_TEXT,
        st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=6).map(tuple),
        st.none() | st.integers(0, 10),
    ),
)
CODES = st.sampled_from(gallery.KEY_CODES)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("press"), CODES),
        st.tuples(st.just("type"), ANY_TEXT),
        st.tuples(st.just("click"), st.tuples(st.integers(0, 800), st.integers(0, 600))),
        st.tuples(st.just("point"), st.tuples(st.integers(0, 800), st.integers(0, 600))),
        st.tuples(st.just("wheel"), st.integers(-9, 9)),
    ),
    max_size=25,
)


@some
@given(page=PAGES, actions=ACTIONS, language=st.sampled_from(LANGUAGES))
def test_every_page_takes_everything(
    page: Page, actions: list[tuple[str, object]], language: Language
) -> None:
    surface = Surface((800, 600))
    form = form_for(page, None, gallery.texts_in(language))
    form.draw(surface)
    for what, value in actions:
        argument = Key(*value) if what == "press" else value  # type: ignore[misc]
        answers = getattr(form, what)(argument)
        assert answers is None or isinstance(answers, tuple)
        form.draw(surface)
    again = form.state
    form.draw(surface)
    assert form.state == again, "drawing what is drawn changes nothing"


def test_results_that_do_not_fit_are_counted() -> None:
    results = tuple(Result("w56-crunch", None, 90.0, 90.0, None) for _ in range(60))
    moment = replace(gallery.VIEW, stage=Stage.DONE, results=results)
    few = replace(moment, results=results[:3])
    texts = gallery.texts_in("nl")
    pages = [gallery.draw(Scene(each), (800, 600), texts) for each in (moment, few)]
    assert pages[0].get_buffer().raw != pages[1].get_buffer().raw
