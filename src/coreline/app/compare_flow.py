"""Two sessions are chosen to be compared: first the one, then one with an exercise in common."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from coreline.app.asking import ask
from coreline.app.session_flow import opened_comparison
from coreline.app.state import AppState
from coreline.journal.records import SessionKept
from coreline.screen.answers import Picked
from coreline.screen.menu import Button, Menu

SHOWN = 40  # more than that is not looked through on a mat; the command has all
_Kinds = frozenset[tuple[str, str | None]]


def choose(state: AppState) -> None:
    """Let two sessions be chosen, and open what they come to; going back undoes one choice."""
    sessions = comparable(state.journal.sessions(state.person.id))
    while (first := _chosen(state, "compare.first", sessions)) is not None:
        others = [each for each in sessions if _is_alike(each, first)]
        second = _chosen(state, "compare.second", others)
        if second is not None:
            both = sorted((first, second), key=lambda each: each.started_at)
            state.notice = opened_comparison(state, both[0].id, both[1].id)
            return


def comparable(sessions: Sequence[SessionKept]) -> list[SessionKept]:
    """Return the sessions that have another one to be compared with, the latest first."""
    # By counting: to hold each against every other would take a second after some years.
    kinds = {each.id: _kinds(each) for each in sessions}
    times = Counter(chain.from_iterable(kinds.values()))
    return [each for each in reversed(sessions) if any(times[kind] > 1 for kind in kinds[each.id])]


def _is_alike(one: SessionKept, other: SessionKept) -> bool:
    """Say whether two sessions have an exercise in common, on the same side."""
    return one.id != other.id and bool(_kinds(one) & _kinds(other))


def _kinds(session: SessionKept) -> _Kinds:
    return frozenset((each.exercise_id, each.side) for each in session.sets if each.done > 0.0)


def _chosen(state: AppState, title: str, sessions: Sequence[SessionKept]) -> SessionKept | None:
    """Return which session was chosen; None: none of them."""
    answer = ask(state, list_page(state, title, sessions))
    chosen = answer.id if isinstance(answer, Picked) else ""
    return next((each for each in sessions if each.id == chosen), None)


def list_page(state: AppState, title: str, sessions: Sequence[SessionKept]) -> Menu:
    """Return the list of some sessions: when each was, and what was done in it."""
    words = state.words
    rows = [Button(each.id, _when(state, each), _what(state, each)) for each in sessions[:SHOWN]]
    return Menu(words(title), (*rows, Button("back", words("choose.back"))))


def _when(state: AppState, session: SessionKept) -> str:
    day = state.speaker.day(session.day)
    return f"{day[:1].upper()}{day[1:]}, {session.started_at:%H:%M}"


def _what(state: AppState, session: SessionKept) -> str:
    """Return the first exercise by name, and how many more there are: a row has room for that."""
    ids = list(dict.fromkeys(each.exercise_id for each in session.sets if each.done > 0.0))
    name = state.speaker.exercise(ids[0], full=True)
    return f"{name} + {len(ids) - 1}" if len(ids) > 1 else name
