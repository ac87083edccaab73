"""What all tests share: folders of nobody, and how properties are searched.

The usual run draws the same examples every time, so that a failure anywhere can be repeated
everywhere; `pytest --hypothesis-profile=explore` draws new and more ones.
"""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=28,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore",
    derandomize=False,
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the usual draws from what else is loaded.

    Hypothesis draws constants of all modules of ours that are loaded, so which tests ran before in
    the same process would decide; it has no setting for it. Reading them costs CPU besides.
    """
    if config.getoption("hypothesis_profile", None) in (None, "repeatable"):
        providers._get_local_constants = lambda: providers._local_constants


# Hundreds of tests start the program as a process of its own. Where bytecode is not kept, each of
# them compiles it anew, which doubles what it costs; workers have the environment from here.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Of matrices as small as ours the threads of a BLAS do nothing but wait for one another, each on a
# core of its own: the tests of rendered people then take three times the CPU, and tests run side
# by side as it is. They are read when NumPy is loaded, which is later than this.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
os.environ.setdefault("VECLIB_MAXIMUM_THREADS", "1")


def pytest_collection_finish() -> None:
    """Have Python look only through what comes from now on for what nobody needs any more.

    Modules and thousands of tests stay until the end; to look through them again and again is a
    tenth of what short tests take.
    """
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """End the log that a test began, as its process would have ended.

    The command line starts one each time; a hundred tests later every line that is noted would be
    written to a hundred files.
    """
    logger = logging.getLogger("coreline")
    if not logger.handlers:
        return
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = True
    logger.setLevel(logging.NOTSET)


@pytest.fixture(scope="session", autouse=True)
def nobodys_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test out of the folders of whoever runs it: menu and timers there are real.

    Caches stay where they are: what is in them belongs to the programs that tests run.
    """
    folder = tmp_path_factory.mktemp("nobody")
    caches = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", caches)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(folder / name.lower()))
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(folder))
        yield
