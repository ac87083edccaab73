"""The program: today's page and what it leads to, until the person stops.

What a page leads to brings the training, the judging and the camera along. That is three times what
today's page takes by itself, so it is imported while that page is looked at.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from coreline.app import person_flow, plan_flow, today_pages
from coreline.app.asking import WindowClosedError, ask
from coreline.app.state import AppState
from coreline.programme.day import DayPlan
from coreline.screen.answers import Answer, Dismissed, Picked

Follow = Callable[[AppState, DayPlan, Picked], None]


def run(state: AppState) -> None:
    """Show today's page and what it leads to, until the person stops or closes the window."""
    try:
        if state.profile is not None:
            person_flow.speak(state, state.profile.language)
        if state.journal.notices:
            _tell(state)
        if state.profile is None and not person_flow.welcome(state):
            return
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="bringing") as pool:
            while _today(state, pool):
                pass
    except WindowClosedError:
        return


def _today(state: AppState, pool: ThreadPoolExecutor) -> bool:
    """Show today's page and do what is chosen there; say whether to go on."""
    plan = state.plan()
    if plan_flow.asked_level(state, plan):
        return True
    answer = _answered(state, plan, pool)
    state.notice, state.left_out = "", ()
    if isinstance(answer, Dismissed):
        return not _stops(state)
    if not isinstance(answer, Picked):
        return True
    if answer.id == "quit":
        return False
    if answer.id == "notice":
        _tell(state)
        return True
    _following()(state, plan, answer)
    return True


def _answered(state: AppState, plan: DayPlan, pool: ThreadPoolExecutor) -> Answer:
    """Return what is answered to today's page; once it is seen, bring along what it leads to."""
    killed = state.journal.unfinished(state.person.id, state.today) is not None
    page = today_pages.today_page(state, plan, killed=killed)
    return ask(state, page, seen=lambda: pool.submit(_following))


def _following() -> Follow:
    """Import what today's page leads to, or wait for the thread that does; where it fails, raise.

    Nothing is imported twice.
    """
    from coreline.app.following import follow  # noqa: PLC0415 - see above

    return follow


def _stops(state: AppState) -> bool:
    """Ask whether to stop: a key pressed once too often ends nothing."""
    return ask(state, today_pages.stop_page(state)) == Picked("stop")


def _tell(state: AppState) -> None:
    """Show what happened to the journal, until the person says that they have read it."""
    answer = ask(state, today_pages.notice_page(state, state.journal.notices))
    if isinstance(answer, Picked) and answer.id == "seen":
        state.journal.acknowledge()
