"""A look at the reminder: whether the system will ring when the person expects it."""

from collections.abc import Sequence
from datetime import time
from typing import Final

from coreline.desktop.launcher import Launcher
from coreline.desktop.notice import can_show, shower
from coreline.desktop.reminder import Ringing, look, mechanism
from coreline.doctor.finding import Finding, Severity, Topic, Value

STATES: Final = {
    Ringing.OFF: (Severity.OK, "off"),
    Ringing.RINGS: (Severity.OK, "rings"),
    Ringing.LEFT: (Severity.WARN, "left"),
    Ringing.OTHER: (Severity.BAD, "other"),
    Ringing.MISSING: (Severity.BAD, "missing"),
    Ringing.STOPPED: (Severity.BAD, "stopped"),
}


def check_reminder(times: Sequence[time], launcher: Launcher) -> list[Finding]:
    """Say whether the reminder will ring, and whether what it shows can be shown."""
    state = look(times, launcher)
    values: dict[str, Value] = {
        "times": ", ".join(f"{each:%H:%M}" for each in times),
        "by": mechanism().name,
    }
    if state is Ringing.RINGS and not can_show():
        told: dict[str, Value] = {**values, "program": shower()}
        return [Finding(Topic.REMINDER, Severity.BAD, "cannot_show", told)]
    severity, code = STATES[state]
    return [Finding(Topic.REMINDER, severity, code, values)]
