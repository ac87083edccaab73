"""What the journal says when something is wrong is said in both languages."""

import ast
from pathlib import Path

import pytest

from coreline import errors
from coreline.errors import CorelineError

ROOM = Path(errors.__file__).parent / "journal"
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type)
         and issubclass(kind, CorelineError)}  # fmt: skip


def said_in_english_alone(path: Path) -> list[str]:
    """Return the errors of a file that are made of a text without one in Dutch."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    return [
        f"{path.name}:{call.lineno}"
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in KINDS
        and not any(keyword.arg == "nl" for keyword in call.keywords)
    ]  # fmt: skip


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_every_error_has_its_dutch(path: Path) -> None:
    assert said_in_english_alone(path) == []
