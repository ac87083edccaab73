"""The whole examination: which checks there are, in which order, and how long each may take."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from coreline.camera.named import is_own_camera
from coreline.choices.settings import Settings
from coreline.desktop.launcher import ringer
from coreline.doctor import camera, devices, machine, reminder
from coreline.doctor.finding import SystemCheck, Topic
from coreline.files import resources
from coreline.files.folders import config_folder, data_folder, database_file, settings_file
from coreline.programme.language import Language

QUICK_S: Final = 10.0
LARGE_FILE_S: Final = 60.0  # a journal of years on a slow disk
CAMERA_S: Final = 30.0  # some take long to open, and long to let go
POSE_S: Final = 60.0
PROGRAM_S: Final = 40.0  # one of the system's own, which is ended before that


def checks(settings: Settings, source: str | None, language: Language) -> list[SystemCheck]:
    """Return every check.

    Args:
        settings: What is chosen for every session.
        source: A camera, address, file or sample to look at; the one of the settings when None.
        language: That of the voice.
    """
    return _machine_checks(settings) + _device_checks(settings, source, language)


def _machine_checks(settings: Settings) -> list[SystemCheck]:
    config, data, journal = config_folder(), data_folder(), database_file()
    now = datetime.now().astimezone()
    evidence = (resources.PACKAGE / "__init__.py", settings_file(), journal)
    return [
        SystemCheck(Topic.PYTHON, machine.check_python, QUICK_S),
        SystemCheck(Topic.PACKAGES, machine.check_packages, QUICK_S),
        SystemCheck(Topic.OPENCV, machine.check_opencv, QUICK_S),
        SystemCheck(Topic.SETTINGS, partial(machine.check_settings, settings_file()), QUICK_S),
        SystemCheck(
            Topic.CONFIG_FOLDER,
            partial(machine.check_folder, Topic.CONFIG_FOLDER, config),
            QUICK_S,
        ),
        SystemCheck(
            Topic.DATA_FOLDER, partial(machine.check_folder, Topic.DATA_FOLDER, data), QUICK_S
        ),
        SystemCheck(Topic.JOURNAL, partial(machine.check_journal, journal), LARGE_FILE_S),
        SystemCheck(Topic.CLOCK, partial(machine.check_clock, now, evidence), QUICK_S),
        SystemCheck(Topic.MODELS, partial(machine.check_models, settings.model), QUICK_S),
    ]


def _device_checks(settings: Settings, source: str | None, language: Language) -> list[SystemCheck]:
    where = source or settings.camera
    own = None if settings.recordings_dir is None else Path(settings.recordings_dir).expanduser()
    return [
        SystemCheck(
            Topic.CAMERAS, partial(camera.check_cameras, needed=is_own_camera(where)), CAMERA_S
        ),
        SystemCheck(Topic.CAMERA, partial(camera.check_camera, where), CAMERA_S),
        SystemCheck(Topic.POSE, partial(devices.check_pose, settings.model), POSE_S),
        SystemCheck(Topic.SOUND, devices.check_sound, QUICK_S),
        SystemCheck(Topic.VOICE, partial(devices.check_voice, language, own), QUICK_S),
        SystemCheck(Topic.DISPLAY, devices.check_display, QUICK_S),
        SystemCheck(
            Topic.REMINDER,
            partial(reminder.check_reminder, settings.reminded_at, ringer()),
            PROGRAM_S,
        ),
    ]
