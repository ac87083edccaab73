"""Clips judged on a cluster, a real one of processes that are killed, and what is made of it."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from archived import HOLD, a_clip, a_trace, ended, results, settings, started, traces, until
from command_line import refused, typed
from coreline.archive.cluster import outcomes
from coreline.archive.judged import digest_of, judged
from coreline.archive.tasks import Task, task_of
from coreline.errors import BadDataError, ClusterError
from coreline.files.resources import PACKAGE
from dask_cluster import Cluster
from light_judges import UNLESS_HELD, what_holds

MANY = ("analyze", "clips", "--out", "out", "-e", HOLD, "--language", "en")
AWAY_S = 5.0  # the worker is there already, so that nothing has to come within it


def tasks(paths: list[Path]) -> list[Task]:
    how = settings(away=True)
    return [task_of(a_clip(path), digest_of(path), how) for path in paths]


def kept(out: Path) -> dict[str, int]:
    """Return when each result was written, by its file."""
    return {path.name: path.stat().st_mtime_ns for path in (out / "results").glob("*.json")}


def test_without_dask_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    traces(tmp_path / "clips", 1)
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = refused(ClusterError, *MANY, "--dask", "tcp://127.0.0.1:1")
    assert said == "--dask: Dask is not installed; install coreline[cluster]"
    assert not kept(tmp_path / "out")


def test_workers_of_this_computer_and_a_cluster_do_not_go_together() -> None:
    words = ("--dask", "tcp://127.0.0.1:1", "--workers", "2")
    assert "--workers: is of this computer" in refused(BadDataError, *MANY, *words)
    assert "go with --out" in refused(BadDataError, "analyze", "a", "-e", HOLD, *words[:2])


class TestWithDask:
    """What needs Dask, which an extra brings."""

    @pytest.fixture(autouse=True)
    def _there(self) -> None:
        pytest.importorskip("distributed", reason="coreline[cluster] is not installed")

    def test_whoever_cannot_judge_is_said_and_a_worker_judges_as_this_computer_does(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        a_trace(tmp_path / "clips" / "sub" / "Zoë.npz")
        a_trace(tmp_path / "clips" / "b.npz", HOLD, 90)
        (tmp_path / "clips" / "bad.mp4").write_bytes(b"no video")
        clips = traces(tmp_path / "more", 4)
        some, environment = tasks(clips), _holding(tmp_path)
        # A clip that one worker dies over fails, in place of one that four die over.
        tried_once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        with Cluster(tmp_path / "cluster", **tried_once) as cluster:
            with pytest.raises(ClusterError, match="has had no worker for 2 s"):
                list(outcomes(some, cluster.address, settings(), patience_s=2.0))
            self._one_of_another_version_is_named(cluster, tmp_path)
            worker = cluster.start_worker(**environment)
            self._it_judges_as_this_computer(cluster, tmp_path)
            with _held(clips[1:]):
                coming = outcomes(some, cluster.address, settings())
                found = [next(coming)]
                worker.kill()
            cluster.start_worker()
            found += coming
        failed = [outcome for _, outcome in found if outcome.error is not None]
        assert len(found) == 4
        assert 1 <= len(failed) <= 2  # the one that it had, and the one that it was to have next
        assert all("the workers that judged it died" in (each.error or ("",))[0] for each in failed)
        assert not any(each.lasts for each in failed)

    def _one_of_another_version_is_named(self, cluster: Cluster, folder: Path) -> None:
        worker = cluster.start_worker(PYTHONPATH=f"{_another_version(folder)}{_rest_of_path()}")
        said = refused(ClusterError, *MANY, "--dask", cluster.address)
        assert said.startswith("worker tcp://127.0.0.1:")
        assert "has coreline 0.0.9, not " in said
        assert not kept(folder / "out")
        worker.terminate()
        worker.wait()

    def _it_judges_as_this_computer(self, cluster: Cluster, folder: Path) -> None:
        away = typed(*MANY, "--dask", cluster.address)
        whole = "Clips judged: 2, not judged: 1; all reports: out/index.html\n"
        assert (away.exit_code, away.stdout) == (3, whole)
        assert away.stderr.startswith(f"coreline: {folder}/clips/bad.mp4: is not a video")
        before = kept(folder / "out")
        for each in results(folder / "out"):
            assert each["away"]
            path = next((folder / "clips").rglob(each["file"]))
            assert each["document"] == judged(tasks([path])[0]).document
        # Under the same keys: here there is nothing left to judge.
        here = typed(*MANY)
        assert (here.exit_code, here.stdout) == (3, whole)
        assert kept(folder / "out") == before

    def test_what_is_killed_costs_nothing_and_what_stays_away_is_said(self, tmp_path: Path) -> None:
        many, out = 8, tmp_path / "out"
        clips = traces(tmp_path / "clips", many)
        environment = _holding(tmp_path)
        with Cluster(tmp_path / "cluster") as cluster:
            with _held(clips[3:]):
                with _held(clips[1:3]):
                    first = cluster.start_worker(**environment)
                    program = started(tmp_path, *MANY, "--dask", cluster.address)
                    until(lambda: kept(out), of=[program])
                    first.kill()
                    before = kept(out)
                cluster.start_worker(**environment)
                until(lambda: len(kept(out)) > len(before) + 1, of=[program])
                cluster.scheduler.kill()
                cluster.scheduler.wait()
                assert kept(out).items() >= before.items()
                before = kept(out)
                assert len(before) == 3
            cluster.start_scheduler()
            # One that has lost its scheduler ends, and is started anew
            cluster.start_worker(**environment)
            whole = f"Clips judged: {many}; all reports: out/index.html\n"
            assert ended(program) == (0, whole, "")
            after = kept(out)
            assert len(after) == many
            assert after.items() >= before.items()
            more = traces(tmp_path / "more", 5)
            with _held(more[1:]):
                self._one_that_stays_away_ends_it(cluster, tasks(more))

    def _one_that_stays_away_ends_it(self, cluster: Cluster, some: list[Task]) -> None:
        coming = outcomes(some, cluster.address, settings(), patience_s=AWAY_S)
        found = [next(coming)]
        cluster.scheduler.kill()
        with pytest.raises(ClusterError, match="no scheduler answers; start it, and type the same"):
            found += coming
        assert found == [(some[0], judged(some[0]))]

    @pytest.mark.parametrize("address", ["nonsense://1", "", "tcp://127.0.0.1:1"])
    def test_an_address_at_which_nobody_is_is_said(self, address: str, tmp_path: Path) -> None:
        with pytest.raises(ClusterError) as error:
            list(outcomes(tasks(traces(tmp_path, 1)), address, settings(), patience_s=0.5))
        assert "\n" not in str(error.value)


def _holding(folder: Path) -> dict[str, str]:
    """Return the surroundings of a worker that waits over a clip that is held."""
    place = folder / "holding"
    place.mkdir()
    (place / "sitecustomize.py").write_text(UNLESS_HELD, encoding="utf-8")
    return {"PYTHONPATH": f"{place}{_rest_of_path()}"}


@contextmanager
def _held(clips: Sequence[Path]) -> Iterator[None]:
    """Have nobody judge clips meanwhile, however long it takes to look at those before."""
    for clip in clips:
        what_holds(clip).touch()
    yield
    for clip in clips:
        what_holds(clip).unlink()


def _another_version(folder: Path) -> Path:
    """Return where there is a Coreline whose number is another one."""
    checkout = PACKAGE.parents[1]
    shutil.copytree(PACKAGE, folder / "src" / "coreline", ignore=shutil.ignore_patterns("*.pyc"))
    (folder / "models").symlink_to(checkout / "models")
    (folder / "pyproject.toml").write_bytes(b"")
    place = folder / "src" / "coreline" / "__init__.py"
    text = place.read_text(encoding="utf-8")
    before, _, _ = text.partition("__version__ =")
    place.write_text(f'{before}__version__ = "0.0.9"\n', encoding="utf-8")
    return folder / "src"


def _rest_of_path() -> str:
    return "".join(f"{os.pathsep}{each}" for each in filter(None, [os.environ.get("PYTHONPATH")]))
