"""One clip judged: the same function for every worker, be it a process here or a computer away.

What comes back depends on the task alone. Whatever goes wrong with a clip is an outcome, one line;
nothing is raised, so that one clip never stops the others.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

import cv2

from coreline.archive.fetching import NotThereError, fetched
from coreline.archive.tasks import AUTO, Clip, Outcome, Said, Task, failed, without_secrets
from coreline.archive.unrecognised import not_recognised
from coreline.archive.versions import versions_here
from coreline.coaching.spoken import spoken
from coreline.data_files import catalogue_with, load_cues, words_with
from coreline.errors import BadModelError, BadSourceError, CorelineError
from coreline.files.reading import is_file, is_folder, opened_file, reason_in_dutch
from coreline.limits import VIDEO_BYTES
from coreline.log import account_of, place_of
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import Exercise
from coreline.report.archive_rows import row_of
from coreline.report.away import words_away
from coreline.report.html import render_session
from coreline.report.model import SessionReport
from coreline.report.model import as_json as document_of
from coreline.report.wording import Wording
from coreline.training.replay import Recording, judge, read, recognise

# One clip at a time in a process: `silenced_stderr` and OpenCV's settings belong to all of it.
_turn: Final = threading.Lock()
_PIECE_BYTES: Final = 1024 * 1024
_log = logging.getLogger(__name__)


def digest_of(path: Path) -> str:
    """Return what a file's content is known by: its sum and its size.

    Raises:
        BadSourceError: It cannot be read, or is larger than a clip can be.
    """
    try:
        with opened_file(path, VIDEO_BYTES) as file:
            total, size = hashlib.sha256(), 0
            while piece := file.read(_PIECE_BYTES):
                total.update(piece)
                size += len(piece)
            return f"sha256:{total.hexdigest()}:{size}"
    except (OSError, ValueError) as error:
        why = error if isinstance(error, OSError) else OSError(str(error))
        raise BadSourceError(
            f"{path}: {why.strerror or why}; give a video or a landmark trace",
            nl=f"{path}: {reason_in_dutch(why)}; geef een video of een reeks lichaamspunten",
        ) from error


def judged(task: Task) -> Outcome:
    """Return what comes of a clip; nothing is raised, whatever it is."""
    with _turn:
        try:
            return _judged(task)
        except BadModelError as error:
            return failed(task, _said(error))
        except CorelineError as error:
            return failed(task, _said(error, task.clip), lasts=not isinstance(error, NotThereError))
        except Exception as error:  # noqa: BLE001 - one clip must not stop the others
            return failed(task, _unforeseen(task, error))


def _judged(task: Task) -> Outcome:
    here = versions_here(task.settings.model)
    if differences := task.settings.versions.differences(here):
        told = f"has {differences}", f"heeft {differences}"
        return failed(task, told, differs=True)
    cv2.setNumThreads(1)  # the other cores have clips of their own
    with _at_hand(task) as path:
        recording = read(path, model=task.settings.model)
        outcome = _outcome(task, recording, catalogue_with(task.settings.own))
        if not task.clip.is_remote and _digest(path) != task.mark:
            raise NotThereError(
                f"{path}: is another file here, or has changed while it was judged; run it again",
                nl=f"{path}: is hier een ander bestand, of is intussen veranderd; doe het nog eens",
            )
    return outcome


@contextmanager
def _at_hand(task: Task) -> Iterator[Path]:
    """Hand out the clip as a file of this computer."""
    if task.clip.is_remote:
        with fetched(task.clip.where) as path:
            yield path
        return
    path = Path(task.clip.where)
    if not is_file(path) and not is_folder(path):
        raise NotThereError(
            f"{path}: is not there for whoever judges it; put it where all computers see it",
            nl=f"{path}: is er niet voor wie hem beoordeelt; zet hem waar alle computers hem zien",
        )
    yield path


def _digest(path: Path) -> str:
    try:
        return digest_of(path)
    except BadSourceError:
        return ""


def _outcome(task: Task, recording: Recording, catalogue: Catalogue) -> Outcome:
    asked, settings = task.clip.asked, task.settings
    exercise, alternatives = _exercise(task, recording, catalogue)
    book = spoken(load_cues(), [exercise])
    analysis = judge(recording, exercise, book, asked.side, asked.place)
    document = document_of(analysis)
    if alternatives is not None:
        document["recognised"] = {"exercise": exercise.id, "alternatives": alternatives}
    words = words_with(catalogue)
    words = words_away(words) if settings.away else words
    page = SessionReport((analysis,), person=asked.person)
    w = Wording(words, settings.language)
    return Outcome(
        task.key,
        document=document,
        row=row_of(analysis, exercise, catalogue, w),
        report=render_session(page, catalogue, words, settings.language),
        notice=recording.shortfall or "",
    )


def _exercise(
    task: Task, recording: Recording, catalogue: Catalogue
) -> tuple[Exercise, list[str] | None]:
    """Return what the clip is held against; where that was told, with what else it may be."""
    if task.clip.asked.exercise != AUTO:
        return catalogue.get(task.clip.asked.exercise), None
    verdict = recognise(recording, catalogue)
    if verdict.exercise_id is None:
        raise not_recognised(task.clip.where, verdict)
    others = [guess.exercise_id for guess in verdict.alternatives]
    return catalogue.get(verdict.exercise_id), others


def _said(error: CorelineError, clip: Clip | None = None) -> Said:
    """Return an error's line in both languages; one about what was fetched names the address."""
    en, nl = str(error), error.in_("nl")
    if clip is None or not clip.is_remote:
        return en, nl
    return _of_address(clip, en), _of_address(clip, nl)


def _of_address(clip: Clip, line: str) -> str:
    shown = without_secrets(clip.where)
    said = line.partition(f"{os.sep}{clip.file}: ")[2]
    return f"{shown}: {said}" if said and not line.startswith(shown) else line


def _unforeseen(task: Task, error: Exception) -> Said:
    where = without_secrets(task.clip.where)
    what = f"{type(error).__name__} at {place_of(error)}"
    _note(account_of(error))
    return (
        f"{where}: something went wrong that nobody foresaw ({what})",
        f"{where}: er ging iets mis dat niemand voorzag ({what})",
    )


@cache
def _note(account: str) -> None:
    """Note where it went wrong, once."""
    _log.error("a clip crashed: %s", account)
