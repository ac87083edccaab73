"""Nothing but `files/writing` writes files: it alone knows links, pipes, devices and modes."""

import ast
from collections.abc import Iterator

import pytest

from coreline.files.resources import PACKAGE

WRITER = "files/writing.py"
# What may write, or seems to, and why.
ALLOWED = {
    ("archive/fetching.py", "TemporaryDirectory"): "a clip from an address, until it is judged",
    ("archive/kept.py", "os.open"): "the lock's file, which holds nothing",
    ("camera/devices.py", "VideoWriter"): "a code of four letters; nothing is opened",
    ("camera/recorder.py", "VideoWriter"): "the encoder writes by name, into a file made for it",
    ("choices/places.py", "replace"): "sets a damaged file aside under another name",
    ("commands/help_text.py", "write_text"): "a paragraph of help, for Typer to print",
    ("commands/plan_verbs.py", "replace"): "a draft of another plan gets another name",
    ("doctor/machine.py", "sqlite3.connect"): "opens the journal to read alone",
    ("files/streams.py", "os.open"): "the null device, for what others print",
    ("files/arrays.py", "ZipFile"): "reads alone",
    ("files/reading.py", "os.open"): "reads alone, and waits for no pipe",
    ("files/recordings.py", "savez_compressed"): "into a file that the writer hands out",
    ("journal/connecting.py", "sqlite3.connect"): "SQLite writes its own files",
    ("journal/locking.py", "os.open"): "the lock's file, which holds nothing",
    ("journal/aside.py", "replace"): "sets a damaged database aside under another name",
    ("journal/ledger.py", "write_bytes"): "into a file that the writer hands out",
    ("journal/opening.py", "copyfile"): "into a file that the writer made",
    ("journal/repairing.py", "replace"): "puts a database back as it was closed",
    ("journal/opening.py", "touch"): "a mark for the next start, which holds nothing",
    ("report/pdf.py", "TemporaryDirectory"): "the browser's own folder, which goes with it",
}
FUNCTIONS = frozenset(("os.open", "os.replace", "shutil.copy", "shutil.move", "sqlite3.connect"))
ATTRIBUTES = frozenset(
    (
        *("write_text", "write_bytes", "touch", "rename", "renames", "mknod", "mkfifo"),
        *("save", "savez", "savez_compressed", "savetxt", "tofile", "imwrite", "VideoWriter"),
        *("copy2", "copyfile", "copyfileobj", "copytree", "ZipFile", "symlink_to"),
        *("TemporaryFile", "NamedTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp"),
    )
)


def writings(source: str) -> Iterator[str]:
    """Yield what each call that may write a file is called."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            yield from _writing(call)


def _writing(call: ast.Call) -> Iterator[str]:
    match call.func:
        case ast.Name("open") if _mode(call.args[1:2], call) & set("wxa+"):
            yield "open"
        case ast.Attribute(ast.Name(module), name) if f"{module}.{name}" in FUNCTIONS:
            yield f"{module}.{name}"
        case ast.Attribute(_, "open") if _mode(call.args[:1], call) & set("wxa+"):
            yield "open"
        # A text's takes two arguments, a day's takes names.
        case ast.Attribute(_, "replace") if len(call.args) == 1 and not call.keywords:
            yield "replace"
        case ast.Attribute(ast.Name("VideoWriter") | ast.Attribute(_, "VideoWriter"), _):
            yield "VideoWriter"
        case ast.Attribute(_, name) if name in ATTRIBUTES:
            yield name


def _mode(given: list[ast.expr], call: ast.Call) -> set[str]:
    named = [each.value for each in call.keywords if each.arg == "mode"]
    found = [each.value for each in [*given, *named] if isinstance(each, ast.Constant)]
    return {sign for each in found if isinstance(each, str) and len(each) <= 3 for sign in each}


def test_nobody_else_writes_files() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in writings(path.read_text(encoding="utf-8"))
    }
    elsewhere = {each for each in found if each[0] != WRITER}
    assert elsewhere == ALLOWED.keys()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("open(path, 'w')", ["open"]),
        ("open(path, mode='xb')", ["open"]),
        ("path.open('r+b')", ["open"]),
        ("path.open()", []),
        ("path.open('rb')", []),
        ("open(path)", []),
        ("os.open(path, flags)", ["os.open"]),
        ("path.write_text(text)", ["write_text"]),
        ("part.replace(place)", ["replace"]),
        ("text.replace('a', 'b')", []),
        ("day.replace(hour=3)", []),
        ("cv2.VideoWriter(name)", ["VideoWriter"]),
        ("np.savez(file, a=a)", ["savez"]),
        ("shutil.copyfile(one, two)", ["copyfile"]),
        ("shutil.move(one, two)", ["shutil.move"]),
        ("rectangle.move(1, 2)", []),
    ],
)
def test_what_writes_is_found(line: str, found: list[str]) -> None:
    assert list(writings(line)) == found
