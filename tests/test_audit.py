"""The audit of the dependencies: what it refuses, and that it says what it did not look at."""

import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"
NO_SERVICE = "import sys; sys.exit('cannot be reached')"
WEAK = (
    'print(\'{"dependencies": [{"name": "old", "version": "1.0", "vulns":'
    ' [{"id": "X-1", "fix_versions": ["1.1"]}]}]}\'); raise SystemExit(1)'
)


def loaded() -> Any:
    """Load the audit, which lies outside of every package."""
    spec = importlib.util.spec_from_file_location("audit", AUDIT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


audit = loaded()


def program(folder: Path, source: str) -> str:
    """Return a program that stands where pip-audit would."""
    path = folder / "pip-audit"
    path.write_text(f"#!{sys.executable}\n{source}\n", encoding="utf-8")
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("numpy>=2,<3", None),
        ("numpy>=2", "an upper bound"),
        ("numpy<3", "a lower"),
        ("numpy>=2,<99", "lies beyond 3"),
        ("numpy @ file:///numpy.whl", "comes from an address"),
    ],
)
def test_a_dependency_has_bounds(line: str, said: str | None) -> None:
    found = list(audit.unbounded([Requirement(line)]))
    assert (found == []) if said is None else (said in found[0])


@pytest.mark.parametrize(
    ("tried", "breaks"), [("2.4.6", "3"), ("0.29.2", "0.30"), ("0.0.7", "0.1")]
)
def test_where_a_version_breaks(tried: str, breaks: str) -> None:
    assert audit.next_breaking(Version(tried)) == Version(breaks)


def test_an_extra_brings_what_others_bring() -> None:
    lines = {
        "dev": ["coreline[people,cluster]", "pytest>=8"],
        "people": ["av>=1"],
        "voice": ["x>=1"],
    }
    lines["cluster"] = ["dask>=2,<3"]
    extras = {name: [Requirement(each) for each in some] for name, some in lines.items()}
    assert [each.name for each in audit.brought_by("dev", extras)] == ["dask", "av", "pytest"]


def test_what_is_installed_is_what_was_asked_for() -> None:
    lines = ["numpy>=2", "numpy>=99", "there-is-none>=1", "there-is-none; python_version < '3'"]
    assert [each.partition(":")[0] for each in audit.unfit(map(Requirement, lines))] == [
        "numpy",
        "there-is-none",
    ]


@pytest.mark.parametrize(
    ("licence", "is_known"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND Zlib", True),
        ("GNU Library or Lesser General Public License (LGPL)", True),
        ("GPL-3.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("All rights reserved", False),
        ("", False),
    ],
)
def test_a_licence_is_one_of_those_that_go_with_ours(licence: str, is_known: bool) -> None:
    class Package:
        metadata = type("M", (dict,), {"get_all": lambda *_: None})(
            {"Name": "x", "License-Expression": licence, "License": ""}
        )

    assert (list(audit.unlicensed([Package])) == []) is is_known


@pytest.mark.skipif(os.name != "posix", reason="programs are made otherwise there")
def test_known_weaknesses_are_told_and_no_answer_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(audit.weaknesses(program(tmp_path, WEAK))) == ["old 1.0: X-1, mended in 1.1"]
    assert "1 packages looked up" in capsys.readouterr().out
    assert list(audit.weaknesses(program(tmp_path, NO_SERVICE))) == []
    assert "not looked up, the service does not answer" in capsys.readouterr().out
    assert list(audit.weaknesses(str(tmp_path / "gone"))) == []
    assert "not looked up" in capsys.readouterr().out
