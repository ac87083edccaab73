"""The pages: one for each stage of the session, drawn from the scene into the layout."""

from math import ceil
from typing import assert_never

from pygame import Rect, Surface

from coreline.judging.events import State
from coreline.screen import shapes
from coreline.screen.layout import Layout, layout
from coreline.screen.lettering import Style, draw_text
from coreline.screen.palette import CALM, GOOD, GROUND, INK
from coreline.screen.picture import draw_body, draw_picture
from coreline.screen.scene import Scene
from coreline.screen.texts import Sentence, Texts, Tone
from coreline.screen.widgets.bar import draw_bar
from coreline.screen.widgets.dial import Dial, draw_dial
from coreline.screen.widgets.rows import draw_dots, draw_sentence
from coreline.view import Stage, View


def draw_page(surface: Surface, scene: Scene, texts: Texts) -> None:
    """Draw the page that fits the moment."""
    surface.fill(GROUND)
    places = layout(surface.get_size())
    if scene.view is None:
        _draw_starting(surface, places, scene, texts)
        return
    match scene.view.stage:
        case Stage.GET_READY if not _has_begun(scene.view):
            _draw_get_ready(surface, places, scene, scene.view, texts)
        case Stage.GET_READY | Stage.EXERCISE | Stage.PAUSED:
            _draw_exercise(surface, places, scene, scene.view, texts)
        case Stage.REST:
            _draw_rest(surface, places, scene, scene.view, texts)
        case Stage.DONE:
            _draw_done(surface, places, scene.view, texts)
        case _:
            assert_never(scene.view.stage)
    if scene.silent:
        _draw_silent(surface, places)


def sentence_of(scene: Scene, view: View, texts: Texts) -> Sentence:
    """Return the sentence at the bottom: the latest cue, or else what the page itself means."""
    if scene.stale:
        return Sentence(texts.own("no_picture"), Tone.UNSEEN)
    if view.cue_id is not None:
        return texts.cue(view.cue_id)
    if view.stage is Stage.GET_READY:
        return Sentence(texts.exercise(view.exercise_id).start_position.in_(texts.language))
    if view.stage is Stage.PAUSED:
        return Sentence(texts.title("word.paused"))
    if view.state is State.UNSEEN:
        return Sentence(texts.own("unseen"), Tone.UNSEEN)
    return Sentence("")


def dial_of(view: View, texts: Texts) -> Dial:
    """Return what the ring shows: the seconds of a hold, or the count of anything else."""
    stopped = view.stage is not Stage.EXERCISE or view.state is State.UNSEEN
    if view.machine == "hold":
        label = texts.own("of_seconds", n=round(view.target_hold_s))
        share = _share(view.held_s, view.target_hold_s)
        return Dial(int(view.held_s), label, share, stopped=stopped or not view.clock_runs)
    label = texts.own("of_count", n=view.target_count) if view.target_count else ""
    share = _share(view.count, view.target_count)
    inner = _share(view.held_s, view.target_hold_s) if view.machine == "raises" else None
    return Dial(view.count, label, share, inner, stopped)


def _draw_starting(surface: Surface, places: Layout, scene: Scene, texts: Texts) -> None:
    """Draw the page before there is anything to judge."""
    box = places.title.union(places.sets).union(places.right)
    draw_picture(surface, box, scene.image_bgr, dim=False)
    word = texts.own("no_picture" if scene.stale else "starting")
    draw_sentence(surface, places.sentence, Sentence(word), places.capital_px)


def _draw_exercise(
    surface: Surface, places: Layout, scene: Scene, view: View, texts: Texts
) -> None:
    """Draw a set: the mirror, the bar, the ring and the sentence."""
    _draw_title(surface, places.title, view, texts)
    _draw_mirror(surface, places.picture, scene, view)
    _draw_sets(surface, places.sets, view, texts)
    draw_bar(surface, places.bar, view, texts)
    draw_dial(surface, places.ring, dial_of(view, texts))
    _draw_sentence(surface, places, scene, view, texts)


def _draw_get_ready(
    surface: Surface, places: Layout, scene: Scene, view: View, texts: Texts
) -> None:
    """Draw what to do before a set: the exercise, its side and dose, and the start position."""
    heading = Style(CALM, places.title.height * 0.55)
    draw_text(surface, texts.title("stage.get_ready"), places.title, heading)
    _draw_mirror(surface, places.picture, scene, view)
    _draw_sets(surface, places.sets, view, texts)
    ring, big_px = places.ring, places.capital_px
    rows = _rows(ring, (0.46, 0.22, 0.22))
    name = Style(INK, big_px, "center", max_lines=3)
    draw_text(surface, texts.name(view.exercise_id), rows[0], name)
    side = Style(CALM, big_px * 0.8, "center")
    draw_text(surface, texts.side(view.exercise_id, view.side), rows[1], side)
    dose = Style(INK, big_px * 0.6, "center", max_lines=2)
    draw_text(surface, _dose(view, texts), rows[2], dose)
    draw_bar(surface, places.bar, view, texts)
    _draw_sentence(surface, places, scene, view, texts)


def _draw_rest(surface: Surface, places: Layout, scene: Scene, view: View, texts: Texts) -> None:
    """Draw the rest: the seconds left in the ring, and what comes next."""
    share = _share(view.rest_left_s, texts.exercise(view.exercise_id).dose.rest_s)
    dial = Dial(ceil(view.rest_left_s), texts.own("seconds"), share, colour=CALM)
    draw_dial(surface, places.ring, dial)
    heading = Style(CALM, places.title.height * 0.55)
    draw_text(surface, texts.title("stage.rest"), places.title, heading)
    _draw_skip_hint(surface, places.title, texts)
    mirror = places.picture.copy()  # the bar's place is free
    mirror.width = max(mirror.right, places.bar.right) - mirror.left
    _draw_mirror(surface, mirror, scene, view)
    _draw_sets(surface, places.sets, view, texts)
    draw_sentence(surface, places.sentence, Sentence(_coming(view, texts)), places.capital_px)


def _draw_done(surface: Surface, places: Layout, view: View, texts: Texts) -> None:
    """Draw the end: a large tick and a word."""
    box = surface.get_rect()
    side_px = round(min(box.size) * 0.4)
    sign = Rect(0, 0, side_px, side_px)
    sign.center = (box.centerx, round(box.height * 0.27))
    shapes.tick(surface, GOOD, sign)
    word = Rect(0, 0, round(box.width * 0.9), round(box.height * 0.22))
    word.center = (box.centerx, round(box.height * 0.6))
    draw_text(
        surface, texts.title("stage.done"), word, Style(INK, places.capital_px * 1.3, "center")
    )
    detail = Sentence(texts.own("done_detail"), Tone.GOOD)
    sentence = detail if view.cue_id is None else texts.cue(view.cue_id)
    draw_sentence(surface, places.sentence, sentence, places.capital_px)


def _draw_title(surface: Surface, box: Rect, view: View, texts: Texts) -> None:
    """Draw the exercise's name, and the side that works."""
    side = texts.side(view.exercise_id, view.side)
    right = Rect(0, 0, round(box.width * 0.38) if side else 0, box.height)
    right.topright = box.topright
    left = Rect(box.left, box.top, box.width - right.width - box.height // 4, box.height)
    capital_px = box.height * 0.4
    draw_text(surface, texts.name(view.exercise_id), left, Style(INK, capital_px, max_lines=2))
    if side:
        draw_text(surface, side, right, Style(CALM, capital_px, "right"))


def _draw_mirror(surface: Surface, box: Rect, scene: Scene, view: View) -> None:
    """Draw the mirrored picture with the body on it, dimmed when the body can't be seen."""
    dim = scene.stale or view.stage is Stage.PAUSED or _is_out_of_sight(view)
    place = draw_picture(surface, box, scene.image_bgr, dim=dim)
    if scene.pose is not None and scene.image_bgr is not None:
        surface.set_clip(place)
        draw_body(surface, place, scene.pose, view)
        surface.set_clip(None)


def _draw_sets(surface: Surface, box: Rect, view: View, texts: Texts) -> None:
    """Draw which set it is, or that the count is safe while the body can't be seen."""
    capital_px = box.height * 0.4
    if _is_out_of_sight(view):
        held = view.machine == "hold"
        safe = texts.own("clock_is_safe") if held else texts.word("sentence.count_is_safe")
        draw_text(surface, safe, box, Style(INK, capital_px))
        return
    resting = view.stage is Stage.REST
    dots = draw_dots(surface, box, view.set_number - (0 if resting else 1), view.sets)
    if resting:  # the sentence says which set comes next
        return
    words = Rect(dots.right, box.top, box.right - dots.right, box.height)
    text = texts.own("set", n=view.set_number, m=view.sets)
    draw_text(surface, text, words, Style(INK, capital_px))


def _draw_sentence(
    surface: Surface, places: Layout, scene: Scene, view: View, texts: Texts
) -> None:
    """Draw the sentence at the bottom, if there is one."""
    sentence = sentence_of(scene, view, texts)
    if sentence.text:
        draw_sentence(surface, places.sentence, sentence, places.capital_px)


def _draw_skip_hint(surface: Surface, box: Rect, texts: Texts) -> None:
    """Draw that the arrow key ends the rest, at the right end of a row."""
    words = Rect(0, 0, round(box.width * 0.4), box.height)
    words.topright = box.topright
    skip = Style(INK, box.height * 0.36, "right")
    covered = draw_text(surface, texts.word("key.right"), words, skip)
    side_px = round(box.height * 0.5)
    sign = Rect(0, 0, side_px, side_px)
    sign.midright = (covered.left - side_px // 2, box.centery)
    shapes.arrow(surface, INK, sign)


def _draw_silent(surface: Surface, places: Layout) -> None:
    """Draw the sign that nothing can be heard, in a corner of the picture."""
    side_px = round(places.title.height * 0.7)
    sign = Rect(0, 0, side_px, side_px)
    sign.bottomright = (places.picture.right - side_px // 4, places.picture.bottom - side_px // 4)
    ground = sign.inflate(side_px // 3, side_px // 3)
    surface.fill(GROUND, ground)
    shapes.muted_speaker(surface, INK, sign)


def _has_begun(view: View) -> bool:
    """Say whether the set has a result already: then it is shown while the person comes back."""
    return view.count > 0 or (view.machine == "hold" and view.held_s > 0)


def _is_out_of_sight(view: View) -> bool:
    """Say whether a set is under way of which nothing can be seen now."""
    return view.stage is Stage.EXERCISE and view.state is State.UNSEEN


def _share(part: float, whole: float | None) -> float:
    """Return a part's share of the whole; of nothing, nothing."""
    return part / whole if whole else 0.0


def _coming(view: View, texts: Texts) -> str:
    """Return what follows the rest, as far as the view says."""
    if view.set_number < view.sets:
        return texts.own("coming_set", n=view.set_number + 1, m=view.sets)
    return texts.own("coming_next")


def _dose(view: View, texts: Texts) -> str:
    """Return how much is to be done in this set."""
    if view.machine == "hold":
        return texts.own("dose_hold", n=round(view.target_hold_s))
    return texts.own("dose_count", n=view.target_count) if view.target_count else ""


def _rows(box: Rect, shares: tuple[float, ...]) -> list[Rect]:
    """Return a box cut into rows from the top."""
    rows, top_px = [], box.top
    for share in shares:
        rows.append(Rect(box.left, top_px, box.width, round(box.height * share)))
        top_px += rows[-1].height
    return rows
