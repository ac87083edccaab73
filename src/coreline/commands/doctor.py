"""`coreline doctor`: look at everything that training needs, and say how to fix it."""

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from coreline import __version__
from coreline.commands.options import LanguageChoice
from coreline.commands.terminal import tell_document, tell_lines
from coreline.doctor.apart import examine
from coreline.doctor.examination import checks
from coreline.doctor.finding import Finding, Severity, as_json, doctor_texts, needs_fixing
from coreline.doctor.machine import settings_or_usual
from coreline.doctor.privacy_page import Privacy, lines_of, look
from coreline.doctor.privacy_page import as_json as privacy_as_json
from coreline.files.folders import settings_file
from coreline.programme.language import Language

EXAMPLES = (
    "Examples:  coreline doctor  |  coreline doctor --source http://phone.local:8080/video"
    "  |  coreline doctor --json  |  coreline doctor --privacy"
)

_COLOURS = {Severity.OK: "green", Severity.WARN: "yellow", Severity.BAD: "red"}
_STATE_WIDTH = 9
_TOPIC_WIDTH = 17


def doctor(
    source: Annotated[
        str | None,
        typer.Option("--source", "-s", help="Camera, address, video or sample; else the chosen."),
    ] = None,
    as_document: Annotated[bool, typer.Option("--json", help="For a machine to read.")] = False,
    language: Annotated[LanguageChoice | None, typer.Option(help="Of what is said.")] = None,
    privacy: Annotated[
        bool, typer.Option("--privacy", help="Instead, all that is kept about people, and where.")
    ] = False,
) -> None:
    """Check camera, model, sound, window, folders and files; exit code 1 when one needs fixing."""
    chosen = settings_or_usual(settings_file())
    spoken = language.language if language else chosen.resolved_language
    if privacy:
        _tell_privacy(look(chosen), spoken, as_document=as_document)
        return
    coming = examine(checks(chosen, source, chosen.resolved_language))
    if as_document:
        found = list(coming)
        tell_document(as_json(found, __version__, spoken))
    else:
        found = _tell(coming, spoken)
    if needs_fixing(found):
        raise typer.Exit(1)


def _tell_privacy(found: Privacy, language: Language, *, as_document: bool) -> None:
    """Say what is kept and that nothing is sent."""
    if as_document:
        tell_document(privacy_as_json(found, language))
    else:
        tell_lines(lines_of(found, language))
    if found.needs_fixing:
        raise typer.Exit(1)


def _tell(findings: Iterable[Finding], language: Language) -> list[Finding]:
    """Say each finding as it comes, and at the end how many need fixing."""
    console = Console(highlight=False, soft_wrap=True)
    told = []
    for finding in findings:
        console.print(_line(finding, language))
        told.append(finding)
    bad = sum(finding.state is Severity.BAD for finding in told)
    key = "nothing" if bad == 0 else "one" if bad == 1 else "several"
    console.print("\n" + doctor_texts().say(f"summary.{key}", language, n=bad))
    return told


def _line(finding: Finding, language: Language) -> Text:
    """Return a finding as a line, and a second one with the fix where it has one."""
    texts = doctor_texts().in_(language)
    state = texts(f"state.{finding.state}")
    topic = texts(f"topic.{finding.topic}")
    line = Text.assemble((f"{state:{_STATE_WIDTH}}", _COLOURS[finding.state]))
    line.append(f"{topic:{_TOPIC_WIDTH}}{finding.what(language)}")
    fix = finding.fix(language)
    if fix is not None:
        line.append("\n" + " " * (_STATE_WIDTH + _TOPIC_WIDTH) + fix)
    return line
