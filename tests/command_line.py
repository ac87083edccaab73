"""The command line as it is typed, in this process: what it prints, and how it refuses."""

import json
from typing import Any

from typer.testing import CliRunner, Result

from coreline.cli import app
from coreline.errors import CorelineError


def typed(*words: object) -> Result:
    """Return what became of a line; its first word is the command."""
    return CliRunner().invoke(app, [str(word) for word in words])


def done(*words: object) -> str:
    """Return what a command prints that does what it is asked to."""
    result = typed(*words)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def read(*words: object) -> dict[str, Any]:
    """Return what it prints for other programs."""
    document: dict[str, Any] = json.loads(done(*words, "--json"))
    assert document["schema"] == 1
    return document


def refusal(kind: type[CorelineError], *words: object) -> CorelineError:
    """Return the error of a command that refuses, which is of this kind and one line."""
    error = typed(*words).exception
    assert isinstance(error, kind), error
    assert "\n" not in str(error)
    return error


def refused(kind: type[CorelineError], *words: object) -> str:
    """Return the line in which it says so."""
    return str(refusal(kind, *words))
