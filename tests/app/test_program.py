"""The program's pages with a real window, journal and session; the person is a script."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coreline.app.person_flow import speak
from coreline.app.recalling import recall
from coreline.app.state import AppState
from coreline.camera.source import SourceInfo
from coreline.choices.settings import Settings, load_settings
from coreline.errors import BadDataError, JournalError
from coreline.journal.database import Journal, open_journal
from coreline.journal.ledger import ledger_file
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.programme.language import Language
from coreline.programme.life import (
    EasierChosen,
    LevelChosen,
    PainMoment,
    PainNoted,
    Profile,
    Skipped,
)
from coreline.screen.answers import Changed, Dismissed, PainGiven, Picked
from coreline.screen.menu import (
    Article,
    Choice,
    HistoryPage,
    Menu,
    PainQuestion,
    ShownArticle,
    TextRow,
    TodayPage,
    controls_of,
)
from coreline.session.command import Command
from coreline.session.view import Result
from coreline.training.live import PainPage
from coreline.training.rig import Rig
from coreline.training.train import SessionOutcome
from journal_values import DAY, RAISES, judged, keep_session
from own_exercise import LOW_PLANK, keep
from played import CATALOGUE, NOW, TODAY, Person, Reply, menu, play, someone, today, welcome

pytestmark = pytest.mark.usefixtures("apart")


def test_whoever_is_new_makes_a_profile_first(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    shown = play(
        opened(),
        person,
        Changed("height_m", 1.9),
        Changed("surface", "ball"),
        Picked("save"),
        Picked("quit"),
    )
    assert [welcome(page).height_m for page in shown[:3]] == [None, 1.9, 1.9]
    assert "75 cm" in welcome(shown[1]).advice
    assert "55 cm" in welcome(shown[0]).advice  # all sizes, as long as no height is known
    profile = journal.current_profile()
    assert profile is not None
    assert (profile.name, profile.height_m, profile.start) == ("Me", 1.9, NOW.date())
    assert "w12-belly-bridge" in profile.on_ball
    assert len(today(shown[-1]).rows) >= 6


def test_a_language_is_spoken_at_once(opened: Callable[..., AppState], person: Person) -> None:
    shown = play(opened(), person, Changed("language", "nl"), Picked("save"), Picked("quit"))
    assert "Welkom" in welcome(shown[1]).title
    assert opened().journal.profiles()[0].name == "Ik"
    assert "week 1" in today(shown[-1]).title.lower()
    assert any("grond" in row.detail for row in today(shown[-1]).rows)


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    journal.save_profile(Profile("p0", "Anna", "en", NOW.date()))
    replies: list[Reply] = [
        Changed("name", "Anna"),
        Picked("save"),
        Changed("name", "Ans"),
        Picked("save"),
    ]
    shown = play(opened(), person, *replies)
    assert "already" in menu(shown[2]).note
    assert {each.name for each in journal.profiles()} == {"Anna", "Ans"}


def test_a_journal_that_cannot_be_written_is_not_blamed_on_the_name(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    journal._connection.execute("PRAGMA query_only = ON")
    shown = play(opened(), person, Picked("save"), Dismissed())
    assert "cannot be written" in welcome(shown[1]).note
    assert "already" not in welcome(shown[1]).note


def test_every_page_can_be_opened_and_left(opened: Callable[..., AppState], person: Person) -> None:
    doors = ["plan", "history", "settings", "profile"]
    replies: list[Reply] = [reply for door in doors for reply in (Picked(door), Dismissed())]
    shown = play(opened(someone()), person, *replies, Picked("quit"))
    titles = [page.title for page in shown if isinstance(page, Menu | Article)]
    assert titles == ["The weeks", "What you did", "Settings", "About you"]


def test_what_was_done_is_seen_in_pictures_of_as_many_weeks_as_one_likes(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    state = opened(someone(DAY))
    keep_session(journal, [judged(RAISES)], someone(DAY))
    look = (Picked("pictures"), Changed("span", "4"), Changed("subject", f"{RAISES}-right"))
    way = (Picked("later"), Picked("history"))
    shown = play(state, person, *way, *look, Dismissed(), Picked("quit"))
    pages = [page for page in shown if isinstance(page, HistoryPage)]
    assert [page.span.value for page in pages] == ["8", "4", "4"]
    assert pages[0].subject.value == "all"
    assert isinstance(shown[-1], TodayPage)


def test_everything_of_the_handout_can_be_read(
    opened: Callable[..., AppState], person: Person
) -> None:
    ids = ["purpose", "every_day", "sitting", "sport", "pain", "ball"]
    replies: list[Reply] = [reply for each in ids for reply in (Picked(each), Dismissed())]
    shown = play(opened(someone()), person, Picked("reading"), *replies, Picked("back"))
    pages = [page.article if isinstance(page, ShownArticle) else page for page in shown]
    texts = [page for page in pages if isinstance(page, Article)]
    assert len({page.title for page in texts}) == len(ids)
    assert "sports physician" in " ".join(texts[4].paragraphs)


def test_all_exercises_can_be_looked_at_and_one_comes_back_to_the_list(
    opened: Callable[..., AppState], person: Person
) -> None:
    look = (Picked("exercises"), Picked("adv-log-roll"), Dismissed(), Dismissed())
    shown = play(opened(someone()), person, Picked("reading"), *look, Picked("back"))
    page = shown[3]
    assert isinstance(page, ShownArticle)
    assert page.article.title == "Log roll (advanced)"
    assert menu(shown[4]).selected == "adv-log-roll"
    assert menu(shown[5]).title == menu(shown[1]).title


def test_an_exercise_of_today_can_be_looked_at(
    opened: Callable[..., AppState], person: Person
) -> None:
    shown = play(opened(someone()), person, Picked("look-w12-side-bridge-left"), Dismissed())
    assert "look-w12-side-bridge-left" in [row.id for row in today(shown[0]).rows]
    page = shown[1]
    assert isinstance(page, ShownArticle)
    assert page.article.title == "Side bridge"


def test_a_setting_is_written_down_at_once(opened: Callable[..., AppState], person: Person) -> None:
    state = opened(someone())
    play(
        state,
        person,
        Picked("settings"),
        Changed("mirror", value=False),
        Changed("voice_volume", 0.4),
        Dismissed(),
        Picked("quit"),
    )
    kept = load_settings()
    assert (kept.mirror, kept.voice_volume) == (False, 0.4)
    assert state.settings == kept
    assert menu(person.pages[-2]).title == "Settings"


def test_a_reminder_that_the_system_refuses_is_said_beside_it_and_is_not_chosen(
    opened: Callable[..., AppState],
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # where no service manager is
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "units"))
    replies = (Changed("reminder", "08:00"), Dismissed(), Picked("quit"))
    shown = play(opened(someone()), person, Picked("settings"), *replies)
    (before,), (after,) = (
        [each for each in controls_of(menu(page)) if each.id == "reminder"] for page in shown[1:3]
    )
    assert isinstance(after, Choice)
    assert "sets no reminder" in after.note
    assert "calendar" in after.note
    assert "coreline plan" not in after.note, "a command means nothing in the window"
    assert before.note not in after.note
    assert (after.value, load_settings().reminder) == ("off", "off")
    assert list((tmp_path / "units").rglob("*.*")) == []


def test_the_training_is_put_into_the_calendar(
    opened: Callable[..., AppState], person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_to: list[str] = []
    monkeypatch.setattr("webbrowser.open", shown_to.append)
    state = opened(someone(), Settings(sound="mute", language="en", reminder="07:00 20:00"))
    replies = (Picked("calendar"), Dismissed(), Picked("quit"))
    shown = play(state, person, Picked("settings"), *replies)
    (button,) = [each for each in controls_of(menu(shown[2])) if each.id == "calendar"]
    place = Path(button.note.partition(": ")[2])
    assert shown_to == [place.as_uri()]
    written = place.read_text(encoding="utf-8")
    assert written.count("BEGIN:VEVENT") == written.count("BEGIN:VALARM") == 2 * 8 * 7
    assert "T070000" in written


def test_the_window_speaks_the_person_s_language_from_the_start(
    opened: Callable[..., AppState], person: Person
) -> None:
    shown = play(opened(replace(someone(), language="nl")), person, Picked("quit"))
    assert today(shown[0]).title == "Zondag 22 november 2026, week 1"


def test_pain_is_noted_and_marked_pain_offers_rest(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    shown = play(
        opened(someone()),
        person,
        Picked("pain"),
        PainGiven(9, ("back", "groin")),
        Picked("rest"),
        Picked("quit"),
    )
    assert isinstance(shown[1], PainQuestion)
    life = journal.life("p1")
    assert [(each.score, each.moment) for each in life.pains] == [(9, PainMoment.BEFORE)]
    assert [each.days for each in life.rests] == [3]
    assert today(shown[-1]).rows == ()


def test_no_camera_is_said_and_nothing_is_left_broken_off(
    opened: Callable[..., AppState], person: Person, journal: Journal, tmp_path: Path
) -> None:
    settings = Settings(sound="mute", language="en", camera=str(tmp_path / "none.mp4"))
    shown = play(
        opened(someone(), settings),
        person,
        Picked("start"),
        Dismissed(),
        Picked("back"),
        Picked("quit"),
    )
    assert "none.mp4" in str(menu(shown[2]).items[0])
    assert journal.unfinished("p1", NOW.date()) is None
    assert today(shown[-1]).note == today(shown[0]).note


def test_somebody_else_can_train(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    journal.save_profile(replace(someone(), id="p2", name="Bo", language="nl"))
    shown = play(
        opened(someone()), person, Picked("profile"), Picked("other"), Picked("p2"), Picked("quit")
    )
    current = journal.current_profile()
    assert current is not None
    assert current.name == "Bo"
    assert "november" in today(shown[-1]).title


def test_closing_the_window_ends_the_program_on_any_page(
    opened: Callable[..., AppState], person: Person
) -> None:
    for door in ("settings", "reading", "history", "plan", "pain", "profile"):
        person.pages.clear()
        play(opened(someone()), person, Picked(door), Command.END)
        assert len(person.pages) == 2


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_was_left_out_is_said_once_in_the_person_s_language(
    opened: Callable[..., AppState], person: Person, language: Language
) -> None:
    state = opened(replace(someone(), language=language))
    said = {"en": "left out: own.toml:3: level: missing", "nl": "weggelaten: own.toml"}
    state.left_out = [BadDataError(said["en"], nl=said["nl"])]
    pages = play(state, person, Picked("reading"), Picked("back"), Picked("quit"))
    assert today(pages[0]).note.startswith(said[language])
    assert "own.toml" not in today(pages[-1]).note


@pytest.mark.parametrize("described", [True, False])
def test_an_exercise_whose_file_is_gone_is_in_the_history(
    opened: Callable[..., AppState], person: Person, journal: Journal, described: bool
) -> None:
    state = opened(someone(DAY))
    keep(journal, someone(DAY), described=described)
    state.catalogue = recall(CATALOGUE, journal)
    speak(state, "en")
    way = (Picked("later"), Picked("history"))
    pages = play(state, person, *way, Picked("back"), Picked("quit"))
    lines = [each.text for each in menu(pages[2]).items if isinstance(each, TextRow)]
    assert any(("Low plank" if described else LOW_PLANK) in text for text in lines)


def test_something_is_taken_back_after_one_question_and_can_be_put_back(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    state = opened(someone())
    before = state.plan()
    hurts = next(item.exercise_id for item in before.items)
    journal.note("p1", PainNoted(TODAY, PainMoment.DURING, 9, (), hurts))
    journal.note("p1", Skipped(TODAY, hurts, None, for_pain=True))
    doors: list[Reply] = [Picked("history"), Picked("undo")]
    replies: list[Reply] = [Picked("take-0"), Picked("no"), Picked("take-0"), Picked("yes")]
    shown = play(state, person, *doors, *replies, Dismissed(), Picked("quit"))
    question = menu(shown[3])
    assert (question.title, question.selected) == ("Take this back?", "no")
    assert any("back today" in row.text for row in question.items if isinstance(row, TextRow))
    assert "Taken back: pain 9 of 10 in" in menu(shown[6]).note
    assert state.plan() == before
    person.pages.clear()
    shown = play(state, person, *doors, Picked("put-0"), Picked("yes"), Dismissed(), Picked("quit"))
    assert "Put back" in menu(shown[4]).note
    life = state.life()
    assert (len(life.pains), len(life.skips)) == (1, 1)


def test_where_there_is_nothing_to_take_back_the_page_says_so(
    opened: Callable[..., AppState], person: Person
) -> None:
    state = opened(replace(someone(), language="nl"))
    shown = play(state, person, Picked("history"), Picked("undo"), Picked("back"), Picked("quit"))
    (row, _) = menu(shown[2]).items
    assert row == TextRow("Er is niets om ongedaan te maken.")


@pytest.fixture
def gone(place: Path) -> None:
    """Have a journal with a session of yesterday be gone, with every backup of it."""
    day = TODAY - timedelta(days=1)
    with open_journal(place, today=day) as journal:
        journal.save_profile(someone(day))
        journal.use_profile("p1")
        keep_session(journal, [judged(RAISES)], someone(day), day=day)
    shutil.rmtree(place.parent / "backups")
    place.unlink()


@pytest.mark.usefixtures("gone")
def test_what_happened_to_the_journal_is_shown_until_it_is_read(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    anna = journal.profiles()[0]
    replies = (Picked("back"), Picked("notice"), Picked("seen"), Picked("history"), Dismissed())
    shown = play(opened(anna), person, *replies, Picked("quit"))
    for page in (shown[0], shown[2]):
        rows = [str(each.text) for each in menu(page).items if isinstance(each, TextRow)]
        assert "there is no backup that is whole, so it began anew; profiles" in rows[0]
        assert "found on Sunday 22 November 2026" in rows[0]
        assert rows[1:] == ["Missing of Anna: the session of Saturday 21 November 2026."]
    assert today(shown[1]).note.startswith("Something happened to your journal.")
    assert "notice" in [button.id for button in today(shown[1]).buttons]
    assert "journal" not in today(shown[3]).note
    assert "notice" not in [button.id for button in today(shown[3]).buttons]
    rows = [each.text for each in menu(shown[4]).items if isinstance(each, TextRow)]
    assert rows[0] == "Not everything that you did is still in the journal."
    assert not journal.notices


@pytest.fixture
def all_gone(gone: None, place: Path) -> None:
    """Have nothing be left of it at all."""
    del gone
    ledger_file(place).write_bytes(b"noise")


@pytest.mark.usefixtures("all_gone")
def test_whoever_is_lost_is_not_welcomed_as_new(
    opened: Callable[..., AppState], person: Person
) -> None:
    shown = play(opened(), person, Picked("seen"), Picked("quit"))
    assert any("was gone" in str(each) for each in menu(shown[0]).items)
    assert menu(shown[1]).title == "Make your profile again"


def test_escape_on_today_asks_before_it_ends(
    opened: Callable[..., AppState], person: Person
) -> None:
    replies: list[Reply] = [Dismissed(), Dismissed(), Dismissed(), Picked("stop")]
    shown = play(opened(someone()), person, *replies)
    assert menu(shown[1]).title == menu(shown[3]).title == "Stop?"
    assert len(shown) == 4


def test_what_belongs_to_the_person_is_set_in_one_place(
    opened: Callable[..., AppState], person: Person
) -> None:
    shown = play(opened(someone()), person, Picked("settings"), Dismissed(), Picked("profile"))
    ids = [{getattr(item, "id", "") for item in menu(shown[n]).items} for n in (1, 3)]
    assert not ids[0] & ids[1]
    assert "About you" in menu(shown[1]).note


def test_the_usual_place_of_the_camera_is_named_in_the_persons_language(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    state = opened(replace(someone(), language="nl"))
    changes: list[Reply] = [Changed("place", "thuis"), Picked("save")]
    shown = play(state, person, Picked("profile"), *changes)
    fields = [item for item in menu(shown[1]).items if getattr(item, "id", "") == "place"]
    assert getattr(fields[0], "value", "") == "thuis"
    assert journal.profile("p1").place == "home"


def test_the_voice_keeps_the_persons_language_when_a_setting_changes(
    opened: Callable[..., AppState], person: Person
) -> None:
    state = opened(replace(someone(), language="nl"))
    play(state, person, Picked("settings"), Changed("mirror", value=False), Dismissed())
    assert state.rig.player.settings.language == "nl"


def test_the_report_is_of_the_last_session_in_which_something_was_begun(
    opened: Callable[..., AppState],
    person: Person,
    journal: Journal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Path] = []
    monkeypatch.setattr("coreline.app.session_flow.open_in_browser", seen.append)
    state = opened(someone())
    keep_session(journal, [judged(RAISES)], someone(), day=TODAY)
    with_nothing = session_start("p1", TODAY, NOW + timedelta(days=9000), ())
    with Recorder(journal, with_nothing):
        pass
    shown = play(state, person, Picked("history"), Picked("report"), Picked("quit"))
    assert [path.suffix for path in seen] == [".html"]
    assert "The report is kept" in today(shown[-1]).note


def test_what_went_wrong_is_said_in_the_persons_language(
    opened: Callable[..., AppState], person: Person, tmp_path: Path
) -> None:
    settings = Settings(sound="mute", language="en", camera=str(tmp_path / "none.mp4"))
    state = opened(replace(someone(), language="nl"), settings)
    replies: list[Reply] = [Picked("start"), Dismissed(), Picked("back"), Picked("quit")]
    shown = play(state, person, *replies)
    assert "dit bestand is er niet" in str(menu(shown[2]).items[0])


@pytest.mark.parametrize("refused", ["report", "profile", "take", "put"])
def test_what_the_journal_refuses_is_said_in_the_persons_language(
    opened: Callable[..., AppState],
    person: Person,
    journal: Journal,
    monkeypatch: pytest.MonkeyPatch,
    refused: str,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise JournalError("is full", nl="is vol")

    dutch = replace(someone(), language="nl")
    state = opened(dutch)
    keep_session(journal, [judged(RAISES)], dutch, day=TODAY)
    back: list[Reply] = [Picked("history"), Picked("undo"), Picked("take-0"), Picked("yes")]
    put: list[Reply] = [Picked("put-0"), Picked("yes")]
    cases: dict[str, tuple[str, list[Reply]]] = {
        "report": ("state.AppState.write_report", [Picked("history"), Picked("report")]),
        "profile": ("person_flow.use", [Picked("profile"), Picked("save"), Dismissed()]),
        "take": ("undoing.Undoing.take_back", [*back, Dismissed()]),
        "put": ("undoing.Undoing.put_back", [*back, *put, Dismissed()]),
    }
    place, replies = cases[refused]
    monkeypatch.setattr(f"coreline.app.{place}", refuse)
    shown = play(state, person, *replies, Picked("quit"))
    notes = [page.note for page in shown if isinstance(page, Menu | TodayPage)]
    assert any("is vol" in note for note in notes)


EASIER, OWN = "w12-belly-bridge", "w34-belly-bridge"
TOLD_APART = "Buikbrug (1e en 2e week)"


@pytest.fixture
def eased(opened: Callable[..., AppState], journal: Journal) -> AppState:
    """Return the program of somebody in week 3 who does one exercise of week 1 instead."""
    dutch = replace(someone(TODAY - timedelta(days=14)), language="nl")
    state = opened(dutch)
    journal.note("p1", LevelChosen(TODAY, "w34"))
    journal.note("p1", EasierChosen(TODAY, OWN, EASIER))
    return state


def test_of_two_exercises_of_one_name_that_of_another_level_is_told_apart(
    eased: AppState, person: Person
) -> None:
    shown = play(eased, person, Picked(f"look-{EASIER}"), Dismissed(), Picked("plan"), Dismissed())
    names = [row.text for row in today(shown[0]).rows]
    assert TOLD_APART in names
    assert any(name.startswith("Zijbrug, ") for name in names)
    assert isinstance(shown[1], ShownArticle)
    assert shown[1].article.title == TOLD_APART
    told = [item.text for item in menu(shown[3]).items if isinstance(item, TextRow)]
    assert any(TOLD_APART in text for text in told)


def test_a_session_tells_it_apart_as_well(
    eased: AppState, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def train(_: object, rig: Rig, __: object, ___: object, page: PainPage) -> SessionOutcome:
        for exercise_id in (EASIER, OWN):
            seen.append(rig.texts.name(exercise_id))
            seen.append(page.question(exercise_id).title)
        info = SourceInfo("none", 1280, 720, 30.0, None, None)
        return SessionOutcome([], (Result(EASIER, None, 10.0, 30.0, None),), info)

    monkeypatch.setattr("coreline.app.session_flow.train_and_keep", train)
    replies: list[Reply] = [Picked("start"), Dismissed(), Picked("today"), Picked("quit")]
    shown = play(eased, person, *replies)
    assert seen[::2] == [TOLD_APART, "Buikbrug"]
    assert seen[1].startswith(f"{TOLD_APART}: ")
    (row, _) = menu(shown[2]).items
    assert isinstance(row, TextRow)
    assert row.text == TOLD_APART
