"""An agent of macOS' launchd among the person's own."""

import os
import plistlib
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Final

from coreline.desktop.launcher import Launcher
from coreline.desktop.mechanism import Files, Mechanism

LABEL: Final = "org.coreline.reminder"
# An agent that is taken out is gone only a moment later, and until then it cannot be put in again.
AGAIN_AFTER_S: Final = 1.0


def mechanism() -> Mechanism:
    """Return launchd's timer."""
    domain = f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"
    return Mechanism(
        name="launchd",
        places=(_place(),),
        files=agent_files,
        start=(("launchctl", "bootstrap", domain, str(_place())),),
        stop=(("launchctl", "bootout", f"{domain}/{LABEL}"),),
        ask=("launchctl", "print", f"{domain}/{LABEL}"),
        again_after_s=AGAIN_AFTER_S,
    )


def agent_files(times: Sequence[time], launcher: Launcher) -> Files:
    """Return the agent's property list."""
    agent = {
        "Label": LABEL,
        "ProgramArguments": list(launcher.command),
        "EnvironmentVariables": dict(launcher.environment),
        "ProcessType": "Background",
        "StartCalendarInterval": [{"Hour": each.hour, "Minute": each.minute} for each in times],
    }
    return {_place(): plistlib.dumps(agent)}


def _place() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"
