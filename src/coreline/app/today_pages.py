"""Today's page and what opens from it, as values, made from what is known; they decide nothing."""

from collections.abc import Iterator
from textwrap import shorten

from coreline.app.notices import sentences
from coreline.app.state import AppState
from coreline.journal.findings import Notices
from coreline.programme.day import DayKind, DayPlan, Item
from coreline.programme.sayings import say
from coreline.report.wording import capital
from coreline.screen.menu import Button, Menu, TextRow, TodayPage, TodayRow

_LONGEST_NOTE = 110  # signs of a word of the physiotherapist's that can be read from the mat
LOOK = "look-"  # what stands before the id of an exercise of today that can be looked at


def today_page(state: AppState, plan: DayPlan, *, killed: bool) -> TodayPage:
    """Return today's page."""
    words, speaker = state.words, state.speaker
    heading = [speaker.day(plan.day)]
    if plan.week is not None:
        heading.append(speaker.word("week", week=plan.week).lower())
    kind = speaker.text(f"kind.{plan.kind}") if plan.kind is not DayKind.TRAIN else ""
    level = speaker.level(plan.level_id) if plan.level_id and not kind else kind
    said = [speaker.say(each) for each in plan.notes]
    if killed:
        said.insert(0, words("today.killed"))
    if state.notice:
        said.insert(0, state.notice)
    said[:0] = (each.in_(state.words.language) for each in state.left_out)
    noticed = bool(state.journal.notices)
    if noticed:
        said.insert(0, words("notice.short"))
    return TodayPage(
        title=capital(", ".join(heading)),
        summary=" · ".join(part for part in (level, _minutes(state, plan)) if part),
        why=_why(state, plan),
        rows=tuple(_rows(state, plan)),
        buttons=tuple(_today_buttons(state, plan, killed=killed, noticed=noticed)),
        note=" ".join(said),
    )


def _why(state: AppState, plan: DayPlan) -> str:
    """Return why the day asks for this; of a plan with a word to the person, that word.

    All of it is on the page of the weeks.
    """
    if not plan.plan.note:
        why = [each for each in plan.why if each.code != "why.plan"]  # the rows say it
        return " ".join(state.speaker.say(each) for each in why)
    note = " ".join(plan.plan.note.split())
    return state.speaker.say(
        say("why.plan_note", note=shorten(note, _LONGEST_NOTE, placeholder="…"))
    )


def _minutes(state: AppState, plan: DayPlan) -> str:
    """Return how long it takes, or that all is done."""
    if plan.complete:
        return state.words("today.complete")
    minutes = max(round(plan.left_s / 60), 1)
    return state.words("today.minutes", minutes=minutes) if plan.left_s > 0 else ""


def _rows(state: AppState, plan: DayPlan) -> Iterator[TodayRow]:
    coming = next((item for item in plan.items if item.open_sets), None)
    for item in plan.items:
        name = state.speaker.exercise_at(item.exercise_id, plan.level_id)
        yield _row(state, item, name, coming=item is coming)


def _row(state: AppState, item: Item, name: str, *, coming: bool) -> TodayRow:
    speaker, words = state.speaker, state.words
    side = state.rig.texts.side(item.exercise_id, item.side)
    details = [speaker.dose(item.dose), speaker.word(item.surface)]
    if item.prescribed_by is not None:
        details.append(speaker.text("plan_words.by"))
    status = ""
    if item.skipped is not None:
        status = words("today.skipped")
    elif not item.open_sets:
        status = words("today.done")
    return TodayRow(
        text=f"{name}, {side}" if side else name,
        detail=" · ".join(details),
        share=None if item.skipped is not None else item.done_share,
        status=status,
        next=coming,
        id=_row_id(item),
    )


def _today_buttons(
    state: AppState, plan: DayPlan, *, killed: bool, noticed: bool
) -> Iterator[Button]:
    words = state.words
    if any(item.open_sets for item in plan.items):
        begun = killed or plan.left_s < plan.whole_s
        yield Button("start", words("today.go_on" if begun else "today.start"))
    if noticed:
        yield Button("notice", words("notice.look"), key="j")
    if plan.offers:
        yield Button("choose", words("today.choose"), key="c")
    yield Button("pain", words("today.pain"), key="p")
    for name in ("plan", "history", "reading", "profile", "settings", "quit"):
        yield Button(name, words(f"today.{name}"))


def stop_page(state: AppState) -> Menu:
    """Return the question whether to stop."""
    stop = Button("stop", state.words("today.quit"))
    stay = Button("stay", state.words("today.stay"))
    return Menu(state.words("today.ask_stop"), (stay, stop))


def looked_at(plan: DayPlan, row_id: str) -> str | None:
    """Return which exercise of today a row is about, by the row's id."""
    ids = {_row_id(item): item.exercise_id for item in plan.items}
    return ids.get(row_id)


def _row_id(item: Item) -> str:
    return LOOK + "-".join([item.exercise_id, *([item.side] if item.side else [])])


def notice_page(state: AppState, notices: Notices) -> Menu:
    """Return what happened to the journal, to be acknowledged or kept for later."""
    words = state.words
    lines = [TextRow(f"{each}.") for each in sentences(notices, words, state.speaker.day)]
    seen = [Button("seen", words("notice.seen"))] if notices.open else []
    later = Button("back", words("notice.later"))
    return Menu(words("notice.title"), (*lines, *seen, later))


def choose_page(state: AppState, plan: DayPlan) -> Menu:
    """Return what may be chosen today; nothing happens unless it is."""
    speaker, words = state.speaker, state.words
    buttons = [
        Button(f"offer-{number}", speaker.say(offer.what), note=speaker.say(offer.why))
        for number, offer in enumerate(plan.offers)
    ]
    return Menu(words("choose.title"), (*buttons, Button("back", words("choose.back"))))
