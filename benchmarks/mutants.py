"""Seed small faults into the pure middle, one at a time, and count which the tests notice.

python benchmarks/mutants.py [--number 150] [--seed 1] [--rooms judging …] [--only WORDS …] [--list]

As many faults from each room, drawn with the seed. Each is written into a copy of the tree in a
temporary folder. First tests/ROOM/test_MODULE.py runs, then those other tests of the room that
import the module, by whatever way; the first failure ends it. The share of a room that is noticed
leaves out what `equivalent_mutants.toml` names: faults that somebody looked at and that change
nothing that anybody could notice, each with the reason. A fault is known by its file, the function
and the line before and after, so that a judgement lasts while the line does.

Of the kept-up tools, mutmut 3 mutates only what is inside functions, and half of what can go wrong
here are limits in class bodies and constants of modules; cosmic-ray runs one command for all
mutants, draws no sample, and changes numbers only by one, which says nothing about 0.05.
"""

import argparse
import ast
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
JUDGED: Final = Path(__file__).with_name("equivalent_mutants.toml")
ROOMS: Final = ("body", "programme", "judging", "placement", "coaching", "session")
LIMITS_CPU_S: Final = (90, 400)  # of a module's tests, of the room's others: unharmed, 170 at most
COPIED: Final = ("src", "tests")  # the rest of the tree is only read
SWAPS: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One fault: the bytes from `start` to `end` of a file, and what is there instead."""

    file: str  # in src/coreline, as room/module.py
    within: str  # the function or class
    line: int
    start: int
    end: int
    text: str
    old: str  # the line before and after
    new: str

    @property
    def room(self) -> str:
        """Return the room that the file is in."""
        return self.file.split("/", maxsplit=1)[0]

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this fault from others, wherever the line has gone."""
        return self.file, self.within, self.old, self.new

    def __str__(self) -> str:
        """Return where the fault is, and the line without and with it."""
        return f"{self.file}:{self.line} [{self.within}]\n    - {self.old}\n    + {self.new}"


# The faults that a file can have


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every fault that is known of for a file."""
    source = path.read_bytes()
    starts = [0]
    for row in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    for node, within in walk(ast.parse(source), "module"):
        for text in changes(node):
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
            first, last = starts[node.lineno - 1], starts[node.end_lineno or 1]
            old = source[first:last].decode()
            new = (source[first:start] + text.encode() + source[end:last]).decode()
            lines = (" ".join(each.split()) for each in (old, new))
            file = f"{path.parent.name}/{path.name}"
            yield Mutant(file, within, node.lineno, start, end, text, *lines)


def children(name: str, value: Any) -> list[Any]:
    """Return what a field of a node holds; of an annotation the calls, with a Field's limits."""
    if name == "annotation" and isinstance(value, ast.AST):
        return [each for each in ast.walk(value) if isinstance(each, ast.Call)]
    return value if isinstance(value, list) else [value]


def walk(node: ast.AST, within: str) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield what can be changed below `node`; types, decorators and texts stay."""
    for name, value in ast.iter_fields(node):
        if name in {"returns", "decorator_list"}:
            continue
        for child in children(name, value):
            if not isinstance(child, ast.AST) or left_alone(child):
                continue
            place = within
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                place = child.name if within == "module" else f"{within}.{child.name}"
            if isinstance(child, ast.expr | ast.stmt):
                yield child, place
            yield from walk(child, place)


def left_alone(node: ast.AST) -> bool:
    """Say whether a node is a text, or an argument that only guards or shapes a class."""
    guards = {"strict", "init", "repr"}
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg in guards)


def changes(node: ast.expr | ast.stmt) -> Iterator[str]:
    """Yield what could stand in a node's place, as source."""
    match node:
        case ast.Constant(value=value):
            yield from other_values(value)
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield NAMES[name]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield f"({ast.unparse(operand)})"
        case ast.IfExp(test, body, orelse):
            yield f"({ast.unparse(ast.IfExp(test, orelse, body))})"
        case ast.Expr(value=ast.Call()):
            yield "pass"
        case _:
            yield from other_operators(node)


def other_values(value: object) -> Iterator[str]:
    """Yield what could stand in a number's place: the next ones, or a third more and less."""
    match value:
        case bool():
            yield str(not value)
        case int():
            yield from (str(value + 1), str(value - 1))
        case float():
            # To six digits and not six places: a millionth changes too.
            nearby = (float(f"{value * share:.6g}") for share in (1.3, 0.7))
            yield from map(repr, nearby if value else (1.0,))


def other_operators(node: ast.expr | ast.stmt) -> Iterator[str]:
    """Yield an expression with one of its operators swapped."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=rest):
            for at, op in enumerate(ops):
                changed = [*ops[:at], swapped(op), *ops[at + 1 :]]
                yield f"({ast.unparse(ast.Compare(left, changed, rest))})"
        case ast.BinOp(left, op, right) if type(op) in SWAPS:
            yield f"({ast.unparse(ast.BinOp(left, swapped(op), right))})"
        case ast.BoolOp(op, values):
            yield f"({ast.unparse(ast.BoolOp(swapped(op), values))})"
        case ast.AugAssign(target, op, value) if type(op) in SWAPS:
            yield ast.unparse(ast.AugAssign(target, swapped(op), value))


def swapped(op: ast.AST) -> Any:
    """Return the operator that is taken instead."""
    return SWAPS[type(op)]()


# Which tests to run


@cache
def imported(path: Path, tree: Path) -> frozenset[Path]:
    """Return the files of the tree that a file imports itself."""
    names = set[str]()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    found = set[Path]()
    for name in names:
        for folder in (tree / "src", tree / "tests"):
            place = folder.joinpath(*name.split("."))
            found |= {place.with_suffix(".py"), place / "__init__.py"}
    return frozenset(each for each in found if each.is_file())


def reached(path: Path, tree: Path) -> set[Path]:
    """Return the files of the tree that are loaded with a file."""
    seen, waiting = set[Path](), [path]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += imported(each, tree)
    return seen


def tests_of(mutant: Mutant, tree: Path) -> tuple[list[Path], list[Path]]:
    """Return the module's own tests, and the room's others that import the module."""
    module = tree / "src" / "coreline" / mutant.file
    own = tree / "tests" / mutant.room / f"test_{module.name}"
    others = sorted((tree / "tests" / mutant.room).glob("test_*.py"))
    # The longest files last: what fails fast is found fast.
    others = [each for each in others if each != own and module in reached(each, tree)]
    return [own] if own.is_file() else [], sorted(others, key=lambda each: each.stat().st_size)


# One fault and its tests


def noticed(mutant: Mutant, tree: Path) -> bool:
    """Say whether a test fails, or ends no more, with the fault in the copied tree."""
    path = tree / "src" / "coreline" / mutant.file
    source = path.read_bytes()
    path.write_bytes(source[: mutant.start] + mutant.text.encode() + source[mutant.end :])
    # A file of the same size and second would pass for the one that was compiled.
    for each in path.parent.glob(f"__pycache__/{path.stem}.*"):
        each.unlink()
    try:
        pairs = zip(tests_of(mutant, tree), LIMITS_CPU_S, strict=True)
        return any(fails(tests, tree, limit_s) for tests, limit_s in pairs if tests)
    finally:
        path.write_bytes(source)


def fails(tests: Iterable[Path], tree: Path, limit_s: int) -> bool:
    """Say whether one of the tests fails or takes more of the processor than the limit."""
    process = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *map(str, tests)],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit_s, limit_s)),
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode in {3, 4, 5}:  # pytest itself failed, or found no test
        raise RuntimeError(process.stdout + process.stderr)
    return process.returncode != 0


def copied(folder: Path) -> Path:
    """Copy what is changed and run into a folder, point at the rest, and have it compiled."""
    for each in ROOT.iterdir():
        if each.name in COPIED:
            shutil.copytree(each, folder / each.name)
        elif not each.name.startswith("."):
            (folder / each.name).symlink_to(each)
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    tests = [str(folder / "tests" / room) for room in ROOMS]
    env = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run([*command, *tests], cwd=folder, env=env, stdout=subprocess.DEVNULL, check=True)
    return folder


# The sample and its table


def sample(rooms: Iterable[str], number: int, seed: int, words: Iterable[str]) -> list[Mutant]:
    """Draw as many faults from each room, or all that have one of the words in them."""
    drawn: list[Mutant] = []
    for room in rooms:
        files = sorted((ROOT / "src" / "coreline" / room).glob("*.py"))
        known = [each for path in files for each in mutants_of(path)]
        if words:
            drawn += [each for each in known if any(word in str(each) for word in words)]
        else:
            # A generator a room: a change in one room leaves the others' samples as they were.
            drawn += random.Random(f"{seed} {room}").sample(known, min(number, len(known)))
    return drawn


def judged_equivalent() -> dict[tuple[str, ...], str]:
    """Load what somebody judged to change nothing, with the reason."""
    rows = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["equivalent"]
    return {tuple(row[key] for key in ("file", "within", "old", "new")): row["why"] for row in rows}


def table(killed: Counter[str], survived: Counter[str], equivalent: Counter[str]) -> str:
    """Return the table by room."""
    rows = ["room        faults  equivalent  noticed  missed   rate"]
    for room in (*(each for each in ROOMS if killed[each] + survived[each]), "all"):
        k, s, e = (
            each.total() if room == "all" else each[room] for each in (killed, survived, equivalent)
        )
        rate = f"{k / (k + s):6.0%}" if k + s else "      "
        rows.append(f"{room:10} {k + s + e:7} {e:11} {k:8} {s:7} {rate}")
    return "\n".join(rows)


def main() -> None:
    """Draw, run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--number", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=ROOMS)
    parser.add_argument("--only", nargs="+", default=(), help="all faults with one of these words")
    parser.add_argument("--list", action="store_true", help="print the sample and run nothing")
    chosen = parser.parse_args()
    number = chosen.number // len(chosen.rooms)
    mutants = sample(chosen.rooms, number, chosen.seed, chosen.only)
    if chosen.list:
        print(*mutants, sep="\n")
        return
    excused = judged_equivalent()
    killed, survived, equivalent = Counter[str](), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        for at, mutant in enumerate(mutants, start=1):
            print(f"\r{at} of {len(mutants)}", end=" ", file=sys.stderr, flush=True)
            if mutant.key in excused:
                equivalent[mutant.room] += 1
            elif noticed(mutant, tree):
                killed[mutant.room] += 1
            else:
                survived[mutant.room] += 1
                print(mutant, flush=True)
    print(table(killed, survived, equivalent))


if __name__ == "__main__":
    main()
