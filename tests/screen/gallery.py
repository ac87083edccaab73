"""Every page of the screen as a picture, to be looked at.

By hand: PYTHONPATH=tests SDL_VIDEODRIVER=dummy python -m screen.gallery FOLDER
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pygame
from pygame import Surface

from coreline.body.framing import Section
from coreline.body.pose import LANDMARKS, Joint, Pose
from coreline.data_files import load_catalogue, load_cues, load_programme, load_words
from coreline.files.demonstrations import Shown
from coreline.judging.events import Phase, State
from coreline.placement.checks import CameraTrouble, Check, PlacementTopic, Verdict
from coreline.programme.done import Score
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.marks import Mark
from coreline.screen.forms.making import form_for
from coreline.screen.menu import (
    Article,
    Button,
    CalendarPicture,
    ChartPicture,
    Choice,
    DayCell,
    Heading,
    HistoryPage,
    Item,
    Menu,
    Number,
    Page,
    PainQuestion,
    Picture,
    Series,
    ShownArticle,
    TextField,
    TextRow,
    TodayPage,
    TodayRow,
    Toggle,
    WeekRow,
    WelcomePage,
)
from coreline.screen.overlays import Overlay, draw_overlay
from coreline.screen.pages import draw_page
from coreline.screen.reel import Reel
from coreline.screen.scene import Image, Scene
from coreline.screen.texts import Texts
from coreline.screen.widgets import dial
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

SIZES = ((1280, 720), (1920, 1080), (800, 600), (1366, 768), (1080, 1920))
REEL = Reel(waits=True)
NOBODY = "nobody"  # in the name of a scene without a pose
LINE = (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)
VIEW = View(
    t_s=1.0,
    stage=Stage.EXERCISE,
    exercise_id="w56-belly-bridge",
    machine="raises",
    side="right",
    progress=Progress(
        phase=Phase.TOP,
        count=14,
        refused=1,
        target_count=30,
        held_s=1.2,
        target_hold_s=2.0,
        clock_runs=True,
    ),
    line=Line(
        state=State.GOOD,
        deviation_deg=0.0,
        good_deg=5.0,
        fault_deg=10.0,
        faults=(),
        joints=tuple(int(joint) for joint in LINE),
        near_side="left",
    ),
    course=InCourse(set_number=2, sets=3),
)


def changed(view: View, **changes: Any) -> View:
    """Return a moment with fields changed, its own or those of its progress, line and course."""
    for part in ("progress", "line", "course"):
        own = getattr(view, part)
        values = {name: changes.pop(name) for name in own.__slots__ if name in changes}
        changes[part] = replace(own, **values)
    return replace(view, **changes)


SHOWN = (0.19, 0.35, 0.74, 0.8)  # of the picture, where somebody lies
IN_SESSION = changed(VIEW, block_number=3, blocks=8, left_s=41 * 60.0, section=Section(*SHOWN))
HOLD = changed(
    IN_SESSION,
    exercise_id="w34-back-bridge",
    machine="hold",
    target_hold_s=30.0,
    held_s=12.4,
    count=0,
    target_count=None,
    side="left",
)
FAULTS = (("fault", "w12-side-bridge", "sag"), ("fault-leg", "w34-side-bridge", "leg_high"))
PLACES_NL = {
    "back": "rug",
    "buttock": "bil",
    "hamstring": "hamstring",
    "groin": "lies",
    "other": "ergens anders",
}
MARKS_NL = {
    Mark.DONE: "gedaan",
    Mark.PART: "deels",
    Mark.MISSED: "gemist",
    Mark.PAIN: "pijn",
    Mark.REST: "rust",
    Mark.OPEN: "open",
    Mark.NONE: "geen",
}
PLACES_EN = {each: each for each in PLACES_NL} | {"other": "somewhere else"}
BUTTONS = (
    ("start", ""),
    ("plan", "l"),
    ("history", "h"),
    ("profile", "o"),
    ("settings", "i"),
    ("reading", "r"),
    ("help", "?"),
    ("quit", "q"),
)
WORDS_NL = ("Start", "Plan", "Verloop", "Profiel", "Instellingen", "Lezen", "Hulp", "Sluiten")
WORDS_EN = ("Start", "Plan", "History", "Profile", "Settings", "Article", "Help", "Quit")
KEY_CODES = (  # keys and the letters they make
    *((getattr(pygame, f"K_{name}"), "") for name in ("UP", "DOWN", "LEFT", "RIGHT", "TAB")),
    *((getattr(pygame, f"K_{name}"), "") for name in ("PAGEUP", "PAGEDOWN", "HOME", "END", "F5")),
    (pygame.K_RETURN, "\r"),
    (pygame.K_ESCAPE, "\x1b"),
    (pygame.K_BACKSPACE, "\b"),
    (pygame.K_SPACE, " "),
    *((ord(letter), letter) for letter in "0123456789bxq.+-?"),
)
LYING = {  # where the joints are in a picture 640 pixels wide and 480 high
    "SHOULDER": (180, 330),
    "ELBOW": (250, 352),
    "WRIST": (320, 362),
    "HIP": (290, 300),
    "KNEE": (372, 268),
    "ANKLE": (455, 232),
    "FOOT_INDEX": (462, 190),
}


def texts_in(language: Language) -> Texts:
    """Return the screen's texts with the package's own data."""
    return Texts(language, load_catalogue().get, load_cues(), load_words())


def picture() -> Image:
    """Return a picture of a room without anybody: a wall, a floor and a mat."""
    image = np.full((480, 640, 3), (168, 176, 180), np.uint8)
    image[330:] = (96, 132, 170)
    image[372:410, 90:560] = (140, 120, 60)
    return image


def lying() -> Pose:
    """Return somebody in a bridge, head on the left of the camera's picture."""
    xy_px = np.full((LANDMARKS, 2), 150.0)
    xy_px[Joint.NOSE] = (140, 320)
    for side in ("LEFT", "RIGHT"):
        for name, place in LYING.items():
            xy_px[Joint[f"{side}_{name}"]] = place
    xy_px[Joint.RIGHT_KNEE], xy_px[Joint.RIGHT_ANKLE] = (370, 272), (365, 370)
    xy_px[Joint.RIGHT_FOOT_INDEX] = (402, 372)
    ones = np.ones(LANDMARKS)
    return Pose(0.0, xy_px, ones, ones, np.zeros((LANDMARKS, 3)), (640, 480))


def _checks() -> tuple[Check, ...]:
    """Return a set-up check of which two fail."""
    failing = {PlacementTopic.ANGLE: "setup.side_on", PlacementTopic.DISTANCE: "setup.step_back"}
    return tuple(
        Check(topic, Verdict.FAIL if topic in failing else Verdict.PASS, failing.get(topic))
        for topic in PlacementTopic
    )


def _results() -> tuple[Result, ...]:
    """Return a day of which a part was done."""
    ids = ("w56-belly-bridge", "w56-side-bridge", "w56-back-bridge")
    done = (90.0, 90.0, 74.0, 90.0, 0.0, 30.0)
    scores = (91.0, 86.0, 78.0, None, None, 95.0)
    both = [(each, side) for each in ids for side in ("left", "right")]
    rows = [
        Result(each, side, amount, 90.0, None if score is None else Score(score, amount / 90.0))
        for (each, side), amount, score in zip(both, done, scores, strict=True)
    ]
    return (*rows, Result("w56-crunch", None, 0.0, 90.0, None, skipped=True))


def longest_name() -> str:
    """Return the id of the exercise whose Dutch name is the longest."""
    return max(load_catalogue(), key=lambda exercise: len(exercise.name.nl)).id


def views() -> Iterator[tuple[str, View]]:
    """Yield a moment of every kind that there is, with its name."""
    yield from _before()
    yield from _during()
    yield from _paused()
    yield from _after()


def _before() -> Iterator[tuple[str, View]]:
    """Yield the moments before a set."""
    setup = changed(IN_SESSION, stage=Stage.SETUP)
    yield "setup-failing", changed(setup, checks=_checks())
    yield (
        "setup-passing",
        changed(setup, checks=tuple(Check(t, Verdict.PASS) for t in PlacementTopic)),
    )
    unknown = changed(setup, checks=tuple(Check(t, Verdict.UNKNOWN) for t in PlacementTopic))
    yield "setup-looking", unknown
    nobody = Check(PlacementTopic.BODY, Verdict.FAIL, "setup.no_person")
    yield f"setup-{NOBODY}", changed(setup, checks=(nobody, *unknown.checks[2:]))
    may_go_on = changed(setup, checks=_checks(), may_go_on=True, hand=True)
    yield "setup-offer", changed(may_go_on, cue_id="setup.go_on_hand")
    yield "setup-offered", may_go_on
    for each in ("w56-belly-bridge", "adv-back-bridge", "w34-superman", "w12-side-bridge"):
        side = None if each == "w34-superman" else "left"
        moment = IN_SESSION if load_catalogue().get(each).machine == "raises" else HOLD
        explain = changed(moment, stage=Stage.EXPLAIN, exercise_id=each, side=side)
        yield f"explain-{each}", explain
    ready = changed(HOLD, stage=Stage.GET_READY, held_s=0.0, state=State.UNSEEN)
    yield "get-ready", ready
    yield "get-ready-cue", changed(ready, cue_id="fix.hips_up")
    yield "get-ready-right", changed(ready, state=State.NOT_GOOD, in_position=True)
    yield "get-ready-offer", changed(ready, may_go_on=True, cue_id="flow.skip_hand")
    yield "get-ready-back-offer", changed(ready, held_s=12.4, may_go_on=True)
    yield "countdown", changed(HOLD, stage=Stage.COUNTDOWN, countdown=3)


def _during() -> Iterator[tuple[str, View]]:
    """Yield the moments of a set."""
    yield "exercise-raises", changed(IN_SESSION, cue_id="fix.hips_up", deviation_deg=9.0)
    yield "exercise-hold", changed(HOLD, cue_id="praise.nice")
    yield "exercise-long-cue", changed(IN_SESSION, cue_id="fix.body_rotated")
    for name, id_, code in FAULTS:
        moment = HOLD if load_catalogue().get(id_).machine == "hold" else IN_SESSION
        low = changed(moment, exercise_id=id_, state=State.NOT_GOOD, deviation_deg=12.0)
        yield f"exercise-{name}", changed(low, faults=(code,), cue_id=_cue_of(id_, code))
    yield "exercise-unseen", changed(IN_SESSION, state=State.UNSEEN, deviation_deg=None)


def _cue_of(exercise_id: str, code: str) -> str | None:
    """Return the cue that corrects a fault in an exercise."""
    judging = load_catalogue().get(exercise_id).judging
    cues = {} if judging is None else {band.above: band.high_cue for band in judging.bands}
    return cues.get(code)


def _paused() -> Iterator[tuple[str, View]]:
    """Yield a pause for every reason."""
    for pause in (Pause.ASKED, Pause.HAND, Pause.LEFT, Pause.PAIN):
        yield f"paused-{pause.value}", changed(IN_SESSION, stage=Stage.PAUSED, pause=pause)
    for trouble in CameraTrouble:
        stopped = changed(HOLD, stage=Stage.PAUSED, pause=Pause.CAMERA, trouble=trouble)
        yield f"camera-{trouble.value}", stopped


def _after() -> Iterator[tuple[str, View]]:
    """Yield the rests and the results."""
    rest = changed(IN_SESSION, stage=Stage.REST, rest=RestTime(19.0, 30.0))
    turning = Coming("w56-belly-bridge", "left", 1, 3, turns=True)
    yield "rest-sides", changed(rest, coming=turning)
    yield "rest-set", changed(rest, coming=Coming("w56-belly-bridge", "right", 3, 3, turns=False))
    other = Coming("w34-back-bridge", "left", 1, 3, turns=True)
    yield "rest-other", changed(rest, coming=other)
    done = changed(IN_SESSION, stage=Stage.DONE, results=_results())
    yield "done-part", done
    whole = tuple(replace(each, done=90.0, skipped=False) for each in _results()[:4])
    yield "done-all", changed(done, results=whole)


def scenes() -> Iterator[tuple[str, Scene]]:
    """Yield a scene of every kind with its name; some with the marks of what goes on beside."""
    image, pose = picture(), lying()
    yield "starting", Scene()
    for name, view in views():
        marked = name in {"exercise-hold", "rest-sides", "paused-asked"}
        signs = {"silent": marked, "recording": marked, "slow": marked, "unkept": marked}
        yield name, Scene(view, image, None if NOBODY in name else pose, **signs)


def forms(texts: Texts) -> Iterator[tuple[str, Page]]:
    """Yield a page to be answered of every kind, in the language of the texts."""
    dutch = texts.language == "nl"
    yield "today", today_page(texts)
    yield "today-long", long_day(texts)
    yield "menu", _settings(dutch=dutch)
    yield "history", _history(dutch=dutch)
    programme = load_programme()
    passages = (programme.purpose, *programme.causes, programme.performance, programme.kind)
    pain = programme.pain
    heading = f"# {pain.title.in_(texts.language)}"
    more = (pain.may_rise, pain.skip, pain.rest, pain.contact, programme.sport.text)
    paragraphs = [text.in_(texts.language) for text in passages]
    paragraphs += [heading, *(text.in_(texts.language) for text in more)]
    yield "reading", Article(programme.title.in_(texts.language), tuple(paragraphs))
    shown, title = Shown("w34-side-bridge"), texts.name("w34-side-bridge")
    caption = "Goed, op de grond" if dutch else "Right, on the floor"
    right, wrong = ("Goed", "Fout: {}") if dutch else ("Right", "Wrong: {}")
    wrong = wrong.format(texts.word("fault.sag.name"))
    fault, loop = Picture(shown, wrong, "sag", right), Picture(shown, caption)
    for name, pictures in (("shown", (loop, fault)), ("shown-fault", (fault, loop))):
        yield name, ShownArticle(Article(title, tuple(paragraphs)), pictures)
    places = PLACES_NL if dutch else PLACES_EN
    title = "Hoeveel pijn heb je nu?" if dutch else "How much does it hurt now?"
    yield "pain", PainQuestion(title, tuple(places.items()), 3, ("buttock",))
    yield "pain-empty", PainQuestion(title, tuple(places.items()))
    yield "welcome", welcome_page(texts)
    page = history_page(texts)
    for name, first in (("calendar", 0), ("line", 1), ("seconds", 2)):
        yield name, replace(page, pictures=(*page.pictures[first:], *page.pictures[:first]))


def welcome_page(texts: Texts) -> WelcomePage:
    """Return what the first start asks of somebody whose height is known."""
    dutch = texts.language == "nl"
    programme = load_programme()
    advice = programme.ball.advice.in_(texts.language)
    size = programme.ball.size_advice.in_(texts.language)
    if dutch:
        words = ("Welkom bij Coreline", "Hoe lang ben je?", "Heb je een oefenbal?", "Beginnen")
        surfaces = (("floor", "N", "nee: op de grond"), ("ball", "J", "ja: op de bal"))
        note = "Alles blijft op deze computer. De rest staat bij Over jou."
    else:
        words = ("Welcome to Coreline", "How tall are you?", "Do you have a ball?", "Begin")
        surfaces = (("floor", "N", "no: on the floor"), ("ball", "Y", "yes: on the ball"))
        note = "Everything stays on this computer. The rest is under About you."
    return WelcomePage(
        title=words[0],
        height=words[1],
        height_m=None,
        limits_cm=(120, 230),
        ball=words[2],
        surfaces=surfaces,
        surface="floor",
        advice=f"{advice} {size}",
        begin=words[3],
        language=("en", "English") if dutch else ("nl", "Nederlands"),
        note=note,
    )


def history_page(texts: Texts) -> HistoryPage:
    """Return five weeks of days of every kind, as three pictures."""
    dutch = texts.language == "nl"
    names = ("Kalender", "Lijnscore", "Seconden") if dutch else ("Calendar", "Line", "Seconds")
    scores = tuple(None if number % 7 == 6 else 70.0 + number for number in range(20))
    labels = tuple(f"{number + 1} november" for number in range(20))
    ticks = tuple((float(each), str(each)) for each in (0, 50, 100))
    said = tuple(f"{label} · {names[1]} 80 · {names[2]} 120" for label in labels)
    both = (Series(names[1], scores), Series(names[2], scores[::-1], "crosses"))
    line = ChartPicture(names[1], both, labels, said, ticks, empty="", of_one=True)
    bars = replace(line, name=names[2], series=(Series(names[2], scores, "bars"),), of_one=False)
    everything, weeks = ("alle oefeningen", "weken") if dutch else ("all exercises", "weeks")
    subject = Choice("subject", "", (("all", everything), ("one", "Plank")), "all")
    span = Choice("span", "", tuple((n, f"{n} {weeks}") for n in ("4", "8")), "8")
    title = "Wat je deed" if dutch else "What you did"
    return HistoryPage(title, (_calendar(names[0], dutch=dutch), line, bars), subject, span)


def _calendar(name: str, *, dutch: bool) -> CalendarPicture:
    said = "Maandag 2 november 2026: {}" if dutch else "Monday 2 November 2026: {}"
    cells = [
        DayCell(str(number % 30 + 1), mark, said.format(mark), hurt=number % 9 == 4)
        for number, mark in enumerate(mark for mark in Mark for _ in range(5))
    ]
    rows = [
        WeekRow(f"{first + 2} november", tuple(cells[first : first + 7]))
        for first in range(0, len(cells), 7)
    ]
    weekdays = ("ma di wo do vr za zo" if dutch else "Mo Tu We Th Fr Sa Su").split()
    marks = tuple((each, MARKS_NL[each] if dutch else str(each)) for each in Mark)
    return CalendarPicture(name, tuple(weekdays), tuple(rows), marks)


def today_page(texts: Texts) -> TodayPage:
    """Return a day on which the first exercise is done."""
    ids = ("w56-belly-bridge", "w56-side-bridge", "w56-back-bridge", "w56-crunch")
    dutch = texts.language == "nl"
    status = ("97 %", "nu", "", "gisteren overgeslagen: pijn")
    status = status if dutch else ("97 %", "next", "", "skipped yesterday: pain")
    each = "elk been" if dutch else "each leg"
    rows = tuple(
        TodayRow(texts.name(id_), f"3 x 30 · {each}", share, word, next=share == 0.4, id=id_)
        for id_, share, word in zip(ids, (1.0, 0.4, 0.0, None), status, strict=True)
    )
    words = WORDS_NL if dutch else WORDS_EN
    buttons = tuple(
        Button(id_, word, key=key) for (id_, key), word in zip(BUTTONS, words, strict=True)
    )
    if dutch:
        summary, why = "Week 5 · dag 3 · ongeveer 60 minuten", "5e en 6e week, op datum"
        return TodayPage("Vandaag, zondag 22 november", summary, why, rows, buttons)
    summary, why = "Week 5 · day 3 · about 60 minutes", "Weeks 5 and 6, by date"
    return TodayPage("Today, Sunday 22 November", summary, why, rows, buttons)


def long_day(texts: Texts) -> TodayPage:
    """Return a day of seven rows, one a side of an exercise, with a note below them."""
    page = today_page(texts)
    sides = [(row, side) for row in page.rows[:3] for side in ("left", "right")]
    rows = [
        replace(row, text=f"{row.text}, {texts.side(row.id, side)}", id=f"{row.id}-{side}")
        for row, side in sides
    ]
    note = "Dit duurt ongeveer 66 minuten. Je kunt het over de dag verdelen."
    if texts.language == "en":
        note = "This takes about 66 minutes. You can spread it over the day."
    return replace(page, rows=(*rows, page.rows[3]), note=note)


def _settings(*, dutch: bool) -> Menu:
    """Return a menu with an item of every kind."""
    if dutch:
        items: tuple[Item, ...] = (
            Heading("Camera"),
            Choice("camera", "Camera", (("0", "Ingebouwde camera"), ("1", "USB")), "0"),
            Toggle("mirror", "Spiegelbeeld", on=True),
            Toggle("record", "Video van de training bewaren", on=False),
            Heading("Jij"),
            TextField("name", "Naam", "", "Hoe heet je?"),
            Number("height", "Lengte", 1.75, 1.2, 2.2, 0.01, 2, "m"),
            TextRow(
                "Alles blijft op deze computer; er wordt niets verstuurd, nooit en nergens heen."
            ),
            Button("delete", "Mijn gegevens wissen", "na een vraag", "d"),
        )
        return Menu("Instellingen", items, "mirror", "Zo zie je jezelf als in een spiegel.")
    items = (
        Heading("Camera"),
        Choice("camera", "Camera", (("0", "Built-in camera"), ("1", "USB")), "0"),
        Toggle("mirror", "Mirror image", on=True),
        Toggle("record", "Keep the session's video", on=False),
        Heading("You"),
        TextField("name", "Name", "", "What is your name?"),
        Number("height", "Height", 1.75, 1.2, 2.2, 0.01, 2, "m"),
        TextRow("Everything stays on this computer; nothing is sent, never and nowhere."),
        Button("delete", "Delete my data", "asks first", "d"),
    )
    return Menu("Settings", items, "mirror", "You see yourself as in a mirror.")


def _history(*, dutch: bool) -> Menu:
    """Return a long list that is only read."""
    word, title = ("trainingen", "Verloop") if dutch else ("sessions", "History")
    lines = tuple(TextRow(f"2026-11-{day:02d}", f"{day} {word} · 91 %") for day in range(1, 29))
    return Menu(title, lines)


def draw(scene: Scene, size: tuple[int, int], texts: Texts, moment_s: float = 3.0) -> Surface:
    """Return a page as a picture."""
    surface = Surface(size)
    draw_on(surface, scene, texts, moment_s)
    return surface


def draw_on(surface: Surface, scene: Scene, texts: Texts, moment_s: float = 3.0) -> None:
    """Draw a page with its numbers in their rings drawn again."""
    dial._face.cache_clear()
    draw_page(surface, scene, texts, moment_s, reel=REEL)


def write(folder: Path, sizes: tuple[tuple[int, int], ...] = SIZES) -> int:
    """Write every page in every language and size into a folder; return how many."""
    written = 0
    for language in LANGUAGES:
        for size in sizes:
            here = folder / f"{language}-{size[0]}x{size[1]}"
            here.mkdir(parents=True, exist_ok=True)
            for name, surface in _pictures(size, texts_in(language)):
                pygame.image.save(surface, here / f"{name}.png")
                written += 1
    return written


def _pictures(size: tuple[int, int], texts: Texts) -> Iterator[tuple[str, Surface]]:
    """Yield every page and overlay."""
    for name, scene in scenes():
        yield name, draw(scene, size, texts)
    for overlay in (Overlay.HELP, Overlay.ASK_END):
        surface = draw(Scene(IN_SESSION, picture()), size, texts)
        draw_overlay(surface, overlay, texts)
        yield f"overlay-{overlay.name.lower()}", surface
    for name, page in forms(texts):
        surface = Surface(size)
        form_for(page, None, texts, REEL).draw(surface)
        yield f"form-{name}", surface


if __name__ == "__main__":
    pygame.display.init()
    write(Path(sys.argv[1]))
