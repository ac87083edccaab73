"""The application bundle of macOS: a folder with what it is, what it starts, and its icon.

The camera is asked for in the bundle's name, so it says what the camera is for; without that line
macOS ends a program that opens one.
"""

import plistlib
import shlex
from typing import Final

from coreline import __version__
from coreline.desktop.launcher import NAME, Launcher

IDENTIFIER: Final = "org.coreline.Coreline"
STARTER: Final = "coreline"
CAMERA: Final = (
    "Coreline watches your posture through the camera while you train. Nothing is sent. "
    "Coreline kijkt via de camera naar je houding terwijl je traint. Er wordt niets verstuurd."
)


def bundle_files(launcher: Launcher, icon: bytes) -> dict[str, tuple[bytes, bool]]:
    """Return the bundle's files by their place in it, each with whether it is a program."""
    return {
        "Contents/Info.plist": (_info(), False),
        f"Contents/MacOS/{STARTER}": (_starter(launcher).encode(), True),
        "Contents/Resources/coreline.icns": (icon, False),
    }


def _info() -> bytes:
    return plistlib.dumps(
        {
            "CFBundleDevelopmentRegion": "en",
            "CFBundleExecutable": STARTER,
            "CFBundleIconFile": "coreline.icns",
            "CFBundleIdentifier": IDENTIFIER,
            "CFBundleInfoDictionaryVersion": "6.0",
            "CFBundleLocalizations": ["en", "nl"],
            "CFBundleName": NAME,
            "CFBundlePackageType": "APPL",
            "CFBundleShortVersionString": __version__,
            "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
            "NSCameraUsageDescription": CAMERA,
            "NSHighResolutionCapable": True,
        }
    )


def _starter(launcher: Launcher) -> str:
    """Return the script that the bundle runs."""
    variables = [f"export {name}={shlex.quote(value)}" for name, value in launcher.environment]
    return "\n".join(("#!/bin/sh", *variables, f"exec {shlex.join(launcher.command)}", ""))
