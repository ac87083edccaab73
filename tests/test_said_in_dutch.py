"""Every error that a person can meet is told in Dutch as well, unless it is told here why not."""

import ast
from pathlib import Path

import coreline
from coreline import errors

PACKAGE = Path(coreline.__file__).parent
NAMES = {name for name, each in vars(errors).items() if isinstance(each, type)} - {
    "CorelineError",
    "BadPlanError",  # takes both languages of every mistake
}


def without_dutch(source: str) -> list[str]:
    """Return the errors that are made with an English line alone."""
    calls = (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call))
    return [
        ast.unparse(call.func)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in NAMES
        and call.args
        and not any(keyword.arg == "nl" for keyword in call.keywords)
    ]


def test_every_error_is_told_in_dutch_as_well() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): without_dutch(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_one_that_is_not_is_found() -> None:
    assert without_dutch('raise BadDataError("a")') == ["BadDataError"]
    assert without_dutch('raise BadDataError("a", nl="b")') == []
