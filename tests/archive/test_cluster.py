"""Clips judged on a cluster, a real one of processes that are killed, and what is made of it."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archived import HOLD, a_clip, a_trace, ended, results, run, settings, started, traces, until
from command_line import refused
from coreline.archive.cluster import outcomes
from coreline.archive.judged import digest_of, judged
from coreline.archive.tasks import Task, task_of
from coreline.errors import BadDataError, ClusterError
from coreline.files.resources import PACKAGE
from dask_cluster import Cluster

MANY = ("analyze", "clips", "--out", "out", "-e", HOLD, "--language", "en")
AWAY_S = 15.0  # as long as a worker takes to come on a busy computer
WHOLE = "Clips judged: 6; all reports: out/index.html\n"


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

    @pytest.fixture
    def cluster(self, tmp_path: Path) -> Iterator[Cluster]:
        with Cluster(tmp_path / "cluster") as made:
            yield made

    def test_a_worker_judges_as_this_computer_does(self, cluster: Cluster, tmp_path: Path) -> None:
        cluster.start_worker()
        a_trace(tmp_path / "clips" / "sub" / "Zoë.npz")
        a_trace(tmp_path / "clips" / "b.npz", HOLD, 90)
        (tmp_path / "clips" / "bad.mp4").write_bytes(b"no video")
        away = run(tmp_path, *MANY, "--dask", cluster.address)
        assert away[:2] == (3, "Clips judged: 2, not judged: 1; all reports: out/index.html\n")
        assert away[2].startswith(f"coreline: {tmp_path}/clips/bad.mp4: is not a video")
        assert {each["away"] for each in results(tmp_path / "out")} == {True}
        # Under the same keys: here there is nothing left to judge.
        here = run(tmp_path, *MANY)
        assert here[:2] == away[:2]
        shutil.rmtree(tmp_path / "out")
        before = {each["key"]: each["document"] for each in _judged_here(tmp_path)}
        assert before == {each["key"]: each["document"] for each in results(tmp_path / "out")}

    def test_a_worker_that_is_killed_costs_nothing(self, cluster: Cluster, tmp_path: Path) -> None:
        first, _ = cluster.start_worker(), cluster.start_worker()
        traces(tmp_path / "clips", 6, frames=300)
        program = started(tmp_path, *MANY, "--dask", cluster.address)
        until(lambda: kept(tmp_path / "out"), of=[program])
        first.kill()
        before = kept(tmp_path / "out")
        assert ended(program) == (0, WHOLE, "")
        after = kept(tmp_path / "out")
        assert len(after) == 6
        assert after.items() >= before.items()

    def test_a_clip_that_workers_die_over_fails_alone(self, tmp_path: Path) -> None:
        tried_once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        with Cluster(tmp_path / "cluster", **tried_once) as cluster:
            worker = cluster.start_worker()
            coming = outcomes(tasks(traces(tmp_path, 6, frames=300)), cluster.address, settings())
            found = [next(coming)]
            worker.kill()
            cluster.start_worker()
            found += coming
        failed = [outcome for _, outcome in found if outcome.error is not None]
        assert len(found) == 6
        assert 1 <= len(failed) <= 2  # the one that it had, and the one that it was to have next
        assert all("the workers that judged it died" in (each.error or ("",))[0] for each in failed)
        assert not any(each.lasts for each in failed)

    def test_a_scheduler_that_begins_anew_is_given_the_rest(
        self, cluster: Cluster, tmp_path: Path
    ) -> None:
        cluster.start_worker()
        traces(tmp_path / "clips", 6, frames=300)
        program = started(tmp_path, *MANY, "--dask", cluster.address)
        until(lambda: kept(tmp_path / "out"), of=[program])
        cluster.scheduler.kill()
        cluster.scheduler.wait()
        before = kept(tmp_path / "out")
        cluster.start_scheduler()
        cluster.start_worker()  # one that has lost its scheduler ends, and is started anew
        assert ended(program) == (0, WHOLE, "")
        after = kept(tmp_path / "out")
        assert len(after) == 6
        assert after.items() >= before.items()

    def test_a_scheduler_that_stays_away_ends_it_in_a_line(
        self, cluster: Cluster, tmp_path: Path
    ) -> None:
        cluster.start_worker()
        some = tasks(traces(tmp_path, 6, frames=300))
        coming = outcomes(some, cluster.address, settings(), patience_s=AWAY_S)
        found = [next(coming)]
        cluster.scheduler.kill()
        with pytest.raises(ClusterError, match="no scheduler answers; start it, and type the same"):
            found += coming
        assert found == [(task, judged(task)) for task, _ in found]
        assert len(found) < len(some)

    def test_no_worker_at_all_is_said(self, cluster: Cluster, tmp_path: Path) -> None:
        with pytest.raises(ClusterError, match="has had no worker for 2 s"):
            list(outcomes(tasks(traces(tmp_path, 1)), cluster.address, settings(), patience_s=2.0))

    @pytest.mark.parametrize("address", ["nonsense://1", "", "tcp://127.0.0.1:1"])
    def test_an_address_at_which_nobody_is_is_said(self, address: str, tmp_path: Path) -> None:
        with pytest.raises(ClusterError) as error:
            list(outcomes(tasks(traces(tmp_path, 1)), address, settings(), patience_s=0.5))
        assert "\n" not in str(error.value)

    def test_a_worker_of_another_version_is_named_before_anything_is_judged(
        self, cluster: Cluster, tmp_path: Path
    ) -> None:
        cluster.start_worker(PYTHONPATH=f"{_another_version(tmp_path)}{_rest_of_path()}")
        traces(tmp_path / "clips", 2)
        code, out, err = run(tmp_path, *MANY, "--dask", cluster.address)
        assert (code, out) == (2, "")
        assert err.startswith("coreline: worker tcp://127.0.0.1:")
        assert "has coreline 0.0.9, not " in err
        assert err.count("\n") == 1
        assert not kept(tmp_path / "out")


def _judged_here(folder: Path) -> list[dict[str, Any]]:
    run(folder, *MANY)
    return results(folder / "out")


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
