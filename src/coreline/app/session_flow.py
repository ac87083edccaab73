"""A session from today's page: how much it hurts, the training itself, and what comes of it."""

import logging
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from coreline.app import pages
from coreline.app.asking import ask
from coreline.app.keeping import Keeper, pain_of, train_and_keep
from coreline.app.planned import blocks_of_day, exercises_known, planned_sets
from coreline.app.state import AppState
from coreline.camera.named import SAMPLE
from coreline.errors import CorelineError
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import SessionStart, session_start
from coreline.log import place_of
from coreline.programme.day import DayPlan
from coreline.programme.life import AdviceGiven, PainMoment, PainNoted, RestChosen
from coreline.programme.pain import advice_after, ask_after, ask_before
from coreline.screen.answers import PainGiven, Picked
from coreline.screen.menu import Button
from coreline.session.blocks import Block
from coreline.training.choices import SessionChoices
from coreline.training.live import PainPage
from coreline.training.train import train

_log = logging.getLogger(__name__)
RESULT_S: Final = 600.0  # how long the result stays, unless a key is pressed


def train_today(state: AppState, plan: DayPlan) -> None:
    """Do what is left of today, after asking how much it hurts; and ask again afterwards."""
    if ask_before(state.life(), state.today) and not asked_pain(state, PainMoment.BEFORE):
        return
    blocks = blocks_of_day(plan, state.catalogue)
    while blocks:
        try:
            _train(state, plan, blocks)
        except CorelineError as error:
            _log.warning("refused: %s at %s", type(error).__name__, place_of(error))
            if not _try_again(state, error.in_(state.words.language)):
                return
            continue
        break
    if ask_after(state.life(), state.today):
        asked_pain(state, PainMoment.AFTER)


def asked_pain(state: AppState, moment: PainMoment) -> bool:
    """Ask how much it hurts, keep it, say what the handout says; return whether to go on.

    The advice to contact the sports physician is said once, and noted as given.
    """
    given = ask(state, pages.pain_page(state, moment))
    if not isinstance(given, PainGiven):
        return True
    noted = pain_of(given, state.today, moment)
    state.journal.note(state.person.id, noted)
    return _answered(state, noted)


def _answered(state: AppState, noted: PainNoted) -> bool:
    """Say what follows from an answer, and let the person choose; return whether to go on."""
    advice = advice_after(state.programme, state.life(), noted)
    if not advice.sayings:
        return True
    if advice.contact is not None and advice.contact.aloud:
        state.journal.note(state.person.id, AdviceGiven(state.today))
        state.rig.player.speak("pain.contact", priority=0)
    buttons = []
    if advice.rest_days is not None:
        rest = state.words("pain.rest_days", days=advice.rest_days)
        buttons.append(Button("rest", rest))
    answer = ask(state, pages.advice_page(state, advice.sayings, *buttons))
    if isinstance(answer, Picked) and answer.id == "rest" and advice.rest_days is not None:
        state.journal.note(state.person.id, RestChosen(state.today, advice.rest_days))
        return False
    return True


def _train(state: AppState, plan: DayPlan, blocks: Sequence[Block]) -> None:
    """Train, kept by the journal from the first repetition on, and write the report."""
    wanted = SessionChoices(
        source=state.settings.camera,
        blocks=blocks,
        settings=state.settings,
        guided=True,
        known=exercises_known(state.life()),
        linger_s=RESULT_S,
        height_m=state.person.height_m,
        place=state.person.place,
        videos=state.journal.folders_of(state.person.id)[1],
        on_ball=state.person.on_ball,
    )
    catalogue = state.catalogue.with_doses(plan.doses)
    texts = replace(state.rig.texts, exercise=catalogue.get, called=state.called())
    state.use_texts(replace(texts, prescribed=plan.prescribed))
    session, language = _session(state, blocks), state.words.language
    with Recorder(state.journal, session, state.rig.say, language=language) as recorder:
        keeper = Keeper(recorder, state.today)
        page = _pain_page(state, keeper)
        left = train_and_keep(wanted, state.rig, catalogue, keeper, page)
    if recorder.nothing_tried:
        report, note = None, state.words("result.nothing")
    else:
        report, note = _reported(state, recorder.session_id)
    answer = ask(state, pages.result_page(state, left.results, note, has_report=bool(report)))
    if isinstance(answer, Picked) and answer.id == "report" and report is not None:
        open_in_browser(report)


def opened_report(state: AppState, session_id: str) -> str:
    """Write a session's report, open it, and return what to say of it."""
    report, note = _reported(state, session_id)
    if report is not None:
        open_in_browser(report)
    return note


def opened_comparison(state: AppState, first_id: str, second_id: str) -> str:
    """Write two sessions against one another, open it, and return what to say of it."""
    try:
        page = state.write_comparison(first_id, second_id)
    except CorelineError as error:
        return state.words("result.not_written", why=error.in_(state.words.language))
    if page is None:
        return state.words("compare.nothing")
    open_in_browser(page)
    return state.words("compare.kept", path=str(page))


def _reported(state: AppState, session_id: str) -> tuple[Path | None, str]:
    """Write the report; return where it is, and what to say of it.

    One that cannot be written is no reason to train again: what was done is in the journal.
    """
    try:
        report = state.write_report(session_id)
    except CorelineError as error:
        return None, state.words("result.not_written", why=error.in_(state.words.language))
    if report is None:
        return None, state.words("result.nothing")
    return report, state.words("result.kept", path=str(report))


def _session(state: AppState, blocks: Sequence[Block]) -> SessionStart | str:
    """Return the session that was killed today, to go on with it, or a new one."""
    killed = state.journal.unfinished(state.person.id, state.today)
    if killed is not None:
        return killed.session.id
    return session_start(state.person.id, state.today, state.now(), planned_sets(blocks))


def _pain_page(state: AppState, keeper: Keeper) -> PainPage:
    """Return how the session asks about an exercise that hurts."""

    def take(exercise_id: str, given: PainGiven) -> bool:
        noted = keeper.note_pain(exercise_id, given)
        return noted.score >= state.programme.pain.rules.hurts_badly_from

    return PainPage(
        lambda exercise_id: pages.pain_page(state, PainMoment.DURING, exercise_id), take
    )


def _try_again(state: AppState, what: str) -> bool:
    """Say what went wrong; return whether to try again."""
    match ask(state, pages.trouble_page(state, what, sample=True)):
        case Picked(id="retry"):
            return True
        case Picked(id="sample"):
            _show_sample(state)
            return False
        case _:
            return False


def _show_sample(state: AppState) -> None:
    """Show how it works with the bundled recording; nothing of it is kept."""
    block = Block(state.catalogue.get("w56-belly-bridge"))
    train(SessionChoices(SAMPLE, [block], state.settings, guided=False), state.rig, state.catalogue)


def open_in_browser(path: Path) -> None:
    """Open a file of ours in the browser."""
    webbrowser.open(path.absolute().as_uri())
