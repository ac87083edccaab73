"""`coreline train`: a session in front of the camera."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coreline.app.planned import blocks_of_day, exercises_known, planned_sets
from coreline.camera.named import SAMPLE, is_recording
from coreline.choices.settings import Settings, load_settings
from coreline.commands.level_question import ask_level
from coreline.commands.options import (
    EXERCISE_HELP,
    LANGUAGES,
    SIDES,
    LanguageChoice,
    ModelChoice,
    SideChoice,
    judged_exercise,
    language_typed,
    side_typed,
)
from coreline.commands.own_exercises import Own, exercises_to_train
from coreline.commands.people import day_here, level_of
from coreline.commands.terminal import tell
from coreline.commands.training_journal import training_journal
from coreline.commands.wording import words_in
from coreline.data_files import load_programme, load_sentences
from coreline.files.writing import check_place
from coreline.journal.database import Journal
from coreline.journal.sessions import session_start
from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayPlan
from coreline.programme.life import Life, Profile
from coreline.programme.prescription import prescribed
from coreline.programme.schedule import day_plan
from coreline.programme.spec import Exercise
from coreline.programme.wording import Speaker
from coreline.screen.window import Window
from coreline.session.blocks import Block, blocks_of
from coreline.training.choices import SessionChoices
from coreline.training.rig import rig_of

if TYPE_CHECKING:
    from coreline.training.train import SessionOutcome

_SAMPLE_EXERCISE = "w56-belly-bridge"
EXAMPLES = (
    "Examples:  coreline train --source sample  |  coreline train -e plank"
    "  |  coreline train --source http://phone.local:8080/video"
)


def train(
    source: Annotated[
        str | None,
        typer.Option("--source", "-s", help="Camera (number or name), address, video, or sample."),
    ] = None,
    exercise: Annotated[
        str | None,
        typer.Option(
            "--exercise", "-e", help=f"One exercise; all of today without. {EXERCISE_HELP}"
        ),
    ] = None,
    side: Annotated[
        SideChoice, typer.Option(parser=side_typed, metavar=SIDES, help="Only this side.")
    ] = SideChoice.AUTO,
    report: Annotated[Path | None, typer.Option(help="Where the report goes.")] = None,
    own: Own = None,
    model: Annotated[ModelChoice | None, typer.Option(help="The pose model.")] = None,
    language: Annotated[
        LanguageChoice | None,
        typer.Option(parser=language_typed, metavar=LANGUAGES, help="Of screen and report."),
    ] = None,
    full_screen: Annotated[
        bool | None, typer.Option("--full-screen/--window", help="Fill the screen.")
    ] = None,
    mute: Annotated[bool, typer.Option("--mute", help="Without any sound.")] = False,
    guide: Annotated[
        bool | None, typer.Option(help="Check, explain, count in; at a camera unless refused.")
    ] = None,
    keep_video: Annotated[
        bool | None, typer.Option("--keep-video", help="Keep the pictures, on this computer.")
    ] = None,
) -> None:
    """Train in front of the camera, and get the form report at the end.

    With a profile (coreline profile) it is today's training and the journal keeps it; without one
    it is the first level. A recording is judged as it plays, and never kept.
    """
    settings = _changed(load_settings(), model, language, full_screen, mute, keep_video)
    if report is not None:
        check_place(report)
    catalogue = exercises_to_train(lambda why: tell(why.in_(settings.resolved_language)), own)
    where = source or settings.camera
    recorded = is_recording(where)
    only = exercise or (_SAMPLE_EXERCISE if where == SAMPLE else None)
    guided = not recorded if guide is None else guide
    if recorded:
        wanted = SessionChoices(where, _recorded(catalogue, only, side), settings, guided)
        _train_unkept(wanted, catalogue, report)
        return
    with training_journal(tell) as journal:
        profile = journal.current_profile()
        if profile is None:
            wanted = SessionChoices(where, _blocks(catalogue, only, side), settings, guided)
            _train_unkept(wanted, catalogue, report)
            return
        if language is None:
            settings = settings.model_copy(update={"language": profile.language})
        life, plan = _asked_first(journal, profile, catalogue, ask=only is None)
        catalogue = prescribed(plan.plan, catalogue).with_doses(plan.doses)
        blocks = _of_life(catalogue, life, plan, only, side)
        if not blocks:
            tell(words_in(settings.resolved_language)("train.nothing_left"))
            return
        wanted = SessionChoices(
            where,
            blocks,
            settings,
            guided,
            exercises_known(life),
            height_m=profile.height_m,
            place=profile.place,
            videos=journal.folders_of(profile.id)[1],
            on_ball=profile.on_ball,
        )
        session_id = _train_kept(wanted, catalogue, journal, profile, plan)
        from coreline.app.reporting import Reporter  # noqa: PLC0415 - brings the whole report

        reporter = Reporter(
            journal,
            profile,
            load_programme(),
            catalogue,
            settings.resolved_language,
            settings.report_pictures,
        )
        _say_report(reporter.write(session_id, report) if session_id else None, settings)


def _changed(
    settings: Settings,
    model: ModelChoice | None,
    language: LanguageChoice | None,
    full_screen: bool | None,
    mute: bool,
    keep_video: bool | None,
) -> Settings:
    """Return the settings with what the options change for this once."""
    given = {
        "model": model.value if model else None,
        "language": language.value if language else None,
        "full_screen": full_screen,
        "sound": "mute" if mute else None,
        "keep_video": keep_video,
    }
    return settings.model_copy(
        update={key: each for key, each in given.items() if each is not None}
    )


def _recorded(catalogue: Catalogue, only: str | None, side: SideChoice) -> list[Block]:
    """Return what to do before a recording, which shows one side: the one that is near."""
    if side.side is not None:
        return _blocks(catalogue, only, side)
    return [Block(each) for each in _exercises(catalogue, only)]


def _train_unkept(wanted: SessionChoices, catalogue: Catalogue, report: Path | None) -> None:
    """Train without a journal, and write the report."""
    with rig_of(wanted.settings, catalogue, tell) as rig:
        rig.show_starting()
        # Brings the judging and the camera.
        from coreline.training.train import train as run_training  # noqa: PLC0415 - as just said

        left = run_training(wanted, rig, catalogue)
    _say_report(_report(left, catalogue, report, wanted.settings), wanted.settings)


def _train_kept(
    wanted: SessionChoices,
    catalogue: Catalogue,
    journal: Journal,
    profile: Profile,
    plan: DayPlan,
) -> str | None:
    """Train while the journal takes down every repetition.

    Returns:
        What the session is called; None where nothing was tried, so that there is none.
    """
    now = datetime.now().astimezone()
    start = session_start(profile.id, now.date(), now, planned_sets(wanted.blocks))
    language, level_id = wanted.settings.resolved_language, level_of(journal.life(profile.id))
    speaker = Speaker(load_sentences(), load_programme(), catalogue, language)
    called = partial(speaker.exercise_at, level_id=level_id)
    with rig_of(wanted.settings, catalogue, tell, called) as rig:
        shown = replace(rig, texts=replace(rig.texts, prescribed=plan.prescribed))
        if isinstance(shown.window, Window):
            shown.window.speak(shown.texts)
        shown.show_starting()
        # Both bring the judging, and the first one the camera.
        from coreline.app.keeping import Keeper, train_and_keep  # noqa: PLC0415 - as just said
        from coreline.journal.recorder import Recorder  # noqa: PLC0415 - likewise

        with Recorder(journal, start, tell, language=language) as recorder:
            train_and_keep(wanted, shown, catalogue, Keeper(recorder, now.date()))
    return None if recorder.nothing_tried else recorder.session_id


def _asked_first(
    journal: Journal, profile: Profile, catalogue: Catalogue, *, ask: bool
) -> tuple[Life, DayPlan]:
    """Return somebody's life and what today asks, after the question about the level."""
    life = journal.life(profile.id)
    plan = _plan(catalogue, life)
    if not ask or plan.left_s < plan.whole_s:  # who has begun goes on
        return life, plan
    speaker = Speaker(load_sentences(), load_programme(), catalogue, profile.language)
    life = ask_level(journal, profile, life, plan.question, speaker)
    return life, _plan(catalogue, life)


def _plan(catalogue: Catalogue, life: Life) -> DayPlan:
    """Return what today asks of somebody."""
    return day_plan(load_programme(), catalogue, life, day_here())


def _of_life(
    catalogue: Catalogue, life: Life, plan: DayPlan, only: str | None, side: SideChoice
) -> Sequence[Block]:
    """Return what to do for somebody: one exercise, or what is left of today's training."""
    if only:
        return blocks_of(judged_exercise(catalogue, only, level_of(life)), side.side)
    return blocks_of_day(plan, catalogue)


def _blocks(catalogue: Catalogue, only: str | None, side: SideChoice) -> list[Block]:
    """Return what to do where nobody has a profile."""
    return [block for each in _exercises(catalogue, only) for block in blocks_of(each, side.side)]


def _exercises(catalogue: Catalogue, only: str | None) -> Sequence[Exercise]:
    """Return one exercise, or those that are judged of the level that the programme begins with."""
    level = next(iter(catalogue)).level
    if only:
        return [judged_exercise(catalogue, only, level)]
    return [exercise for exercise in catalogue.of_level(level) if exercise.judged]


def _report(
    left: "SessionOutcome", catalogue: Catalogue, place: Path | None, settings: Settings
) -> Path | None:
    """Write the report of what was done, and return where it is; None where nothing was."""
    from coreline.app.picturing import photos_of  # noqa: PLC0415 - brings the whole report
    from coreline.camera.video_moments import moments_file  # noqa: PLC0415 - the same
    from coreline.commands.form_report import write_report  # noqa: PLC0415 - the same
    from coreline.training.train import report_path  # noqa: PLC0415 - is there by now

    analyses = left.analyses()
    if not analyses:
        return None
    where = place or report_path()
    beside = [moments_file(left.video)] if left.video is not None else []
    photos = photos_of(analyses, beside, "", settings.report_pictures)
    write_report(where, analyses, catalogue, LanguageChoice(settings.resolved_language), photos)
    return where


def _say_report(place: Path | None, settings: Settings) -> None:
    """Say where the report is."""
    w = words_in(settings.resolved_language)
    tell(w("train.no_report") if place is None else w("report.place", place=place))
