"""Every field that a machine reads is explained in docs/formats.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coreline.cli import app

FORMATS = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
OPEN_ENDED = {"fill", "dose", "choice"}  # their own fields are those of the plan's data


def _fields(document: Any) -> Iterator[str]:
    """Yield every field of a document, but for those inside what is open-ended."""
    if isinstance(document, list):
        for each in document:
            yield from _fields(each)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield key
            if key not in OPEN_ENDED:
                yield from _fields(value)


@pytest.mark.parametrize("command", ["today", "plan", "history", "profile"])
def test_every_field_is_explained(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CORELINE_CONFIG_DIR", str(tmp_path / "config"))
    runner = CliRunner()
    made = runner.invoke(app, ["profile", "--name", "Anna", "--start", "2026-11-01"])
    assert made.exit_code == 0
    told = runner.invoke(app, [command, "--json"])
    fields = set(_fields(json.loads(told.stdout)))
    assert "schema" in fields
    assert {field for field in fields if f"`{field}`" not in FORMATS} == set()
