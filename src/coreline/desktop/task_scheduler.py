"""A task of Windows' Task Scheduler, which runs while the person is logged in."""

import subprocess
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from coreline.desktop.launcher import Launcher
from coreline.desktop.mechanism import Files, Mechanism
from coreline.files.folders import config_folder

TASK: Final = "Coreline reminder"
SPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
FIRST_DAY: Final = "2026-01-01"  # any that is over: the task holds from then on
SETTINGS: Final = (  # in the order in which the schema has them
    ("MultipleInstancesPolicy", "IgnoreNew"),
    ("DisallowStartIfOnBatteries", "false"),
    ("StopIfGoingOnBatteries", "false"),
    ("StartWhenAvailable", "true"),
    ("ExecutionTimeLimit", "PT5M"),
)


def mechanism() -> Mechanism:
    """Return Task Scheduler's timer."""
    return Mechanism(
        name="Task Scheduler",
        places=(_place(),),
        files=task_files,
        start=(("schtasks", "/Create", "/TN", TASK, "/XML", str(_place()), "/F"),),
        stop=(("schtasks", "/Delete", "/TN", TASK, "/F"),),
        ask=("schtasks", "/Query", "/TN", TASK),
    )


def task_files(times: Sequence[time], launcher: Launcher) -> Files:
    """Return the task as the scheduler reads it."""
    task = ET.Element("Task", {"version": "1.2", "xmlns": SPACE})
    about = ET.SubElement(task, "RegistrationInfo")
    _add(about, "Description", "Coreline: time for your exercises")
    triggers = ET.SubElement(task, "Triggers")
    for each in times:
        trigger = ET.SubElement(triggers, "CalendarTrigger")
        _add(trigger, "StartBoundary", f"{FIRST_DAY}T{each:%H:%M}:00")
        _add(trigger, "Enabled", "true")
        _add(ET.SubElement(trigger, "ScheduleByDay"), "DaysInterval", "1")
    principals = ET.SubElement(task, "Principals")
    principal = ET.SubElement(principals, "Principal", {"id": "Author"})
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = ET.SubElement(task, "Settings")
    for name, value in SETTINGS:
        _add(settings, name, value)
    program, *arguments = launcher.command
    run = ET.SubElement(ET.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    _add(run, "Command", program)
    _add(run, "Arguments", subprocess.list2cmdline(arguments))
    return {_place(): ET.tostring(task, encoding="utf-16", xml_declaration=True)}


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _place() -> Path:
    return config_folder() / "reminder.xml"
