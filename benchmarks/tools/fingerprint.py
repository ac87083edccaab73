"""What the judging is made of, as one number: kept results of another number are stale.

Code counts by what it does: comments, docstrings and layout make no difference. Of the exercises
only how they are judged counts, not their texts.
"""

import ast
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import coreline
from coreline.data_files import load_catalogue

HERE = Path(__file__).resolve().parent
PACKAGE = Path(coreline.__file__).parent
# What decides between the landmarks of a clip and the document about it, and what scores that.
JUDGING = ("body", "judging", "session/set_run.py", "training/replay.py", "report/model.py")
SCORING = ("scoring.py", "grouping.py", "truth.py", "line_errors.py", "judged_people.py")


def fingerprint() -> str:
    """Return sixteen hexadecimal digits."""
    whole = hashlib.sha256()
    for path in sources():
        whole.update(meaning_of(path.read_text(encoding="utf-8")).encode())
    for exercise in load_catalogue():
        rules = exercise.judging
        whole.update((exercise.id + (rules.model_dump_json() if rules else "")).encode())
    return whole.hexdigest()[:16]


def sources() -> list[Path]:
    """Return the files of the judging and of the scoring, in order."""
    places = [PACKAGE / name for name in JUDGING]
    folders = [path for place in places for path in sorted(place.rglob("*.py"))]
    files = [place for place in places if place.is_file()]
    return folders + files + [HERE / name for name in SCORING]


def meaning_of(source: str) -> str:
    """Return code without its comments, docstrings and layout; the same on every Python."""
    return json.dumps(list(_parts(ast.parse(source))))


def _parts(node: ast.AST) -> Iterator[str]:
    """Yield what a node is and holds; empty parts, which Pythons differ in, are left out."""
    yield type(node).__name__
    for name, value in ast.iter_fields(node):
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                if not _is_docstring(each):
                    yield name
                    yield from _parts(each)
            elif each is not None:
                yield f"{name}={each!r}"


def _is_docstring(node: ast.AST) -> bool:
    """Say whether a statement is a bare text, which does nothing."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
