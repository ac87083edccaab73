"""What is imported before the first word or page: what it does not need costs everybody who waits.

Imports are counted, not time: how long they take is for `benchmarks/starting.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Each takes some hundredths of a second of CPU, with all that comes along.
HEAVY = frozenset(
    {
        *("coreline.body", "coreline.coaching", "coreline.desktop", "coreline.journal"),
        *("coreline.judging", "coreline.placement", "coreline.report", "coreline.screen"),
        *("coreline.session", "coreline.sound", "coreline.training", "coreline.vision"),
        *("asyncio", "cv2", "icalendar", "jinja2", "matplotlib", "mediapipe", "multiprocessing"),
        *("numpy", "pkg_resources", "pydantic", "pygame", "rich", "sounddevice", "sqlite3"),
        *("tomlkit", "webbrowser"),
    }
)
DATA = frozenset({"coreline.body", "pydantic"})  # the names of what is judged, and the shapes
PLANS = DATA | {"coreline.journal", "sqlite3"}
COMMANDS = {
    "--version": frozenset[str](),
    "--help": frozenset[str](),
    "today --help": PLANS,
    "today": PLANS,
    "today --json": PLANS,
    "history": PLANS | {"coreline.coaching"},
    "exercises": PLANS,
    "plan": PLANS,
    "settings": DATA | {"coreline.desktop"},
}
# A window with words: no OpenCV, and no numpy, which pygame brings along by itself and poses need.
WINDOW = PLANS | {
    *("coreline.coaching", "coreline.screen", "coreline.session", "coreline.sound"),
    *("coreline.training", "pygame"),
}
WINDOWS = {
    "": WINDOW | {"coreline.report"},
    "train --source sample": WINDOW,
}
# Of these rooms a window takes some small files; of the pages' forms that of today's page alone.
FILES = {
    "": {
        *("coreline.report.wording", "coreline.session.command", "coreline.training.rig"),
        *("coreline.screen.forms.events", "coreline.screen.forms.form"),
        *("coreline.screen.forms.making", "coreline.screen.forms.today_form"),
    },
    "train --source sample": {
        *("coreline.session.blocks", "coreline.session.command"),
        *("coreline.training.choices", "coreline.training.rig"),
        *("coreline.screen.forms.events", "coreline.screen.forms.form"),
    },
}
ROOMS = (
    *("coreline.report.", "coreline.screen.forms.", "coreline.session.", "coreline.training."),
)
UNTIL_A_PAGE = """
import os, sys, threading
from coreline import cli

imported = cli.import_module

def with_an_end(name):
    module = imported(name)
    import pygame
    pygame.display.flip = end
    return module

def end():
    print(*(name for name, module in sys.modules.items() if module))
    print(*(thread.name for thread in threading.enumerate()), flush=True)
    os._exit(0)

cli.import_module = with_an_end
cli.main()
"""
UNTIL_THE_REST = """
import os, sys, threading, time
from coreline import cli

def watch():
    for _ in range(6000):
        time.sleep(0.01)
        if hasattr(sys.modules.get("coreline.app.following"), "follow"):
            os._exit(0)
    os._exit(3)

threading.Thread(target=watch, daemon=True).start()
cli.main()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folders of somebody who trains."""
    place = tmp_path_factory.mktemp("home")
    done = coreline(place, "profile", "--name", "Anna")
    assert done.returncode == 0, done.stderr
    return place


def coreline(
    folder: Path, *words: str, options: tuple[str, ...] = (), program: str = ""
) -> subprocess.CompletedProcess[str]:
    run = ("-c", program) if program else ("-m", "coreline")
    return subprocess.run(
        [sys.executable, *options, *run, *words],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "CORELINE_DATA_DIR": str(folder / "data"),
            "CORELINE_CONFIG_DIR": str(folder / "config"),
            "SDL_VIDEODRIVER": "dummy",
            "SDL_AUDIODRIVER": "dummy",
        },
    )


def imported(folder: Path, command: str) -> set[str]:
    """Return every module that a command imports, named as in `import`."""
    done = coreline(folder, *command.split(), options=("-X", "importtime"))
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_imports_what_it_needs(folder: Path, command: str) -> None:
    found = imported(folder, command)
    assert "coreline.cli" in found
    assert found & HEAVY == COMMANDS[command]


@pytest.mark.parametrize("command", WINDOWS)
def test_the_first_page_comes_without_what_the_next_ones_need(folder: Path, command: str) -> None:
    done = coreline(folder, *command.split(), program=UNTIL_A_PAGE)
    modules, threads = done.stdout.splitlines()
    found = set(modules.split())
    assert found & HEAVY == WINDOWS[command], done.stderr
    assert threads == "MainThread"  # nobody else takes the processor from it
    assert {name for name in found if name.startswith(ROOMS)} == FILES[command]


def test_what_the_first_page_leads_to_comes_while_nobody_touches_it(folder: Path) -> None:
    done = coreline(folder, program=UNTIL_THE_REST)
    assert done.returncode == 0, done.stderr


def test_the_model_comes_without_what_mediapipe_draws_and_records_with() -> None:
    script = (
        "import sys; from coreline.vision.landmarker import as_mediapipe, new_landmarker, close\n"
        "from coreline.vision.models import model_bytes\n"
        "close(new_landmarker(model_bytes('lite'), video=True, persons=1))\n"
        "print({'matplotlib', 'matplotlib.pyplot', 'sounddevice'} & sys.modules.keys())\n"
        "import matplotlib.pyplot; print(matplotlib.pyplot.figure.__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["set()", "figure"], done.stderr


@pytest.mark.parametrize(
    "asks", ["from matplotlib.pyplot import figure", "import matplotlib.patches", "plt.figure"]
)
def test_a_mediapipe_that_draws_while_it_is_imported_gets_what_it_draws_with(
    asks: str, tmp_path: Path
) -> None:
    for name, text in {
        "mediapipe/__init__.py": "",
        "mediapipe/tasks/__init__.py": "",
        "mediapipe/tasks/python.py": f"import matplotlib.pyplot as plt\n{asks}\nvision = None\n",
        "matplotlib/__init__.py": "",
        "matplotlib/patches.py": "",
        "matplotlib/pyplot.py": "figure = None\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    script = (
        "import sys; from coreline.vision.landmarker import new_landmarker\n"
        "try:\n    new_landmarker(b'', video=True, persons=1)\n"
        "except AttributeError as error:\n    print(error.name, sys.modules['matplotlib'].__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])},
    )
    said = done.stdout.split()
    assert said == ["RunningMode", str(tmp_path / "matplotlib" / "__init__.py")], done.stderr
