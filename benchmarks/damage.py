"""Damage the journal in every way there is, and look whether it is told and what is lost.

python benchmarks/damage.py [--trials 200] [--seed 1] [--kind KIND …]

Each trial takes a journal of two to five days and one or two people, closed in order or as a killed
program left it, with all of its backups, none, the oldest alone or damaged ones; does one thing to
its files; and then runs the commands that open it. Demanded is: the first command tells it, and
names by person and day everything that is not what it was, or is not there; a second command, of
another kind, tells it as well, `--json` too; nothing is lost that a backup or the file still has;
nobody is told that "nobody trains here yet"; once it is acknowledged nothing is told. A journal
that nothing happened to tells nothing. What was there is read from the files by themselves, not
asked of the program.
"""

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from tools.damaging import (
    CLOSED,
    KILLED,
    NAME,
    PEOPLE,
    UNHARMED,
    WITH_LEDGER,
    Kept,
    Life,
    Trial,
    kept_at,
    kept_elsewhere,
    live,
    thin_out,
    what_differs,
)

from coreline import cli
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.journal.ledger import ledger_file

LIVES: Final = 6
HARMS: Final = {**CLOSED, **KILLED, **WITH_LEDGER}
FOREIGN: Final = "another program's"  # which is left as it is, and nothing is put in its place
NAMES: Final = {person: name for person, name, _ in PEOPLE}
COMMANDS: Final = (
    ("today",),
    ("today", "--json"),
    ("plan", "--weeks", "1"),
    ("plan", "--weeks", "1", "--json"),
    ("history",),
    ("history", "--json"),
    ("pain", "--json"),
    ("profile", "--list"),
    ("profile", "--list", "--json"),
    ("report", "--out", "report.html"),
    ("export", "--format", "json"),
    ("journal", "export", "all.sqlite3"),
    ("journal", "check"),
)


@dataclass
class Ran:
    """What a command said, and how it ended."""

    out: str
    err: str
    code: int


@dataclass
class Outcome:
    """What became of one trial."""

    kind: str
    harmless: bool = False
    told: bool = False
    lost: int = 0
    saved: int = 0
    complaints: list[str] = field(default_factory=list)


def run(words: Sequence[str]) -> Ran:
    """Run a command as it is typed."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        sys.argv = ["coreline", *words]
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
        except Exception:  # noqa: BLE001 - it is what is looked for
            traceback.print_exc()
            code = 1
    out.seek(0)
    return Ran(out.read(), err.getvalue(), int(str(code or 0)))


def tells(ran: Ran) -> bool:
    """Say whether a command told that something is wrong; in its JSON too, where it gives any."""
    in_json = not ran.out.startswith('{\n  "schema": 1,\n') or "notice" not in (
        document := json.loads(ran.out)
    )
    return ran.err.startswith("coreline: ") and (in_json or document["notice"] is not None)


def strike(
    trial: Trial, kind: str, before: Kept, commands: Sequence[Sequence[str]], *, harm: bool
) -> Outcome:
    """Look at a journal that something happened to."""
    outcome = Outcome(kind)
    elsewhere = kept_elsewhere(trial.path)
    outcome.harmless = kept_at(trial.path) == before
    first, second = run(commands[0]), run(commands[1])
    after = kept_at(trial.path)
    differs = list(what_differs(before, after))
    outcome.lost = 0 if kind == FOREIGN else len(differs)
    outcome.complaints += [
        f"lost and there was a copy: {each}"
        for each in differs
        if kind != FOREIGN and any(each.is_in(copy, before) for copy in elsewhere)
    ]
    outcome.told = tells(first)
    for words, ran in zip(commands, (first, second), strict=False):
        outcome.complaints += [f"{words}: {each}" for each in faults_of(ran)]
        if not harm and (ran.err or ran.code):
            outcome.complaints.append(f"{words}: told something of nothing: {ran.err}")
        if harm and not tells(ran) and (differs or not outcome.harmless):
            outcome.complaints.append(f"{words}: SILENT, {len(differs)} differ")
        outcome.complaints += [
            f"{words}: not named: {each}"
            for each in differs
            if kind not in (FOREIGN, *WITH_LEDGER)
            and (NAMES[each.whose] not in ran.err or each.day not in ran.err)
        ]
    if harm and kind != FOREIGN:
        outcome.complaints += after_acknowledging(trial, commands[2])
    return outcome


def faults_of(ran: Ran) -> list[str]:
    """Return what no command may do, whatever happened."""
    found = []
    if "Traceback" in ran.err or ran.code not in (0, 2):
        found.append(f"ended with {ran.code}: {ran.err[-300:]}")
    if "nobody trains here yet" in ran.err + ran.out:
        found.append("nobody trains here yet, it says")
    if any(not line.startswith("coreline: ") for line in ran.err.splitlines()):
        found.append(f"more than its lines: {ran.err}")
    return found


def after_acknowledging(trial: Trial, words: Sequence[str]) -> list[str]:
    """Return what is wrong once the person has acknowledged it."""
    acknowledged = run(("journal", "acknowledge"))
    before, ran = kept_at(trial.path), run(words)
    found = [*faults_of(acknowledged), *faults_of(ran)]
    if (
        acknowledged.code
        or ran.err.count("\n") > (1 if ran.code else 0)
        or (ran.err and not ran.code)
    ):
        found.append(f"{words} after it was acknowledged: {ran.err}")
    if kept_at(trial.path) != before:
        found.append("something changed after it was acknowledged")
    return found


def trial_of(
    number: int, seed: int, lives: Sequence[Life], chosen: Sequence[str], place: Path
) -> Outcome:
    """Run one trial in a folder of its own."""
    rng = random.Random(f"{seed}-{number}")
    kind = chosen[number % len(chosen)]
    life = rng.choice(lives)
    from_killed = kind in KILLED or kind == "killed"
    data = place / "data"
    shutil.copytree(life.folder / ("killed" if from_killed else "data"), data)
    trial = Trial(data / NAME, life, rng)
    before = life.killed if from_killed else life.closed
    commands = rng.sample(COMMANDS, 3)
    if kind in UNHARMED:
        if kind == "without a ledger":
            ledger_file(trial.path).unlink()
        elif kind == "another day":
            for each in (data / "backups").glob(f"*{datetime.now().astimezone().date()}*"):
                each.unlink()
        return strike(trial, kind, before, commands, harm=False)
    left = rng.choice(("all", "all", "none", "old", "damaged"))
    # Where nothing at all is left, nothing tells it from a first start.
    thin_out(trial, "damaged" if left == "none" and kind in WITH_LEDGER else left)
    HARMS[kind](trial)
    return strike(trial, kind, before, commands, harm=True)


def main() -> int:
    """Run the trials, print what became of them, and return 1 if anything was silent or untrue."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", nargs="+", choices=(*HARMS, *UNHARMED))
    given = parser.parse_args()
    kinds = given.kind or tuple(HARMS)
    results = []
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        os.environ[CONFIG_VARIABLE] = name
        today = datetime.now().astimezone().date()
        lives = [live(Path(name) / f"life-{seed}", seed, today) for seed in range(LIVES)]
        numbers = [(number, kinds) for number in range(given.trials)]
        if given.kind is None:
            numbers += [(number, UNHARMED) for number in range(max(1, given.trials // 5))]
        for number, chosen in numbers:
            place = Path(name) / "trial"
            os.environ[DATA_VARIABLE] = str(place / "data")
            results.append(trial_of(number, given.seed, lives, chosen, place))
            shutil.rmtree(place)
    return report(results)


def report(results: Sequence[Outcome]) -> int:
    """Print a row a kind, and every complaint."""
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for each in results:
        by_kind[each.kind].append(each)
    print(
        f"{'what happened':24} {'trials':>6} {'harmless':>8} {'told':>5} {'lost':>5} {'wrong':>5}"
    )
    for kind, outcomes in by_kind.items():
        counts = Counter(
            harmless=sum(each.harmless for each in outcomes),
            told=sum(each.told for each in outcomes),
            lost=sum(each.lost for each in outcomes),
            wrong=sum(bool(each.complaints) for each in outcomes),
        )
        row = " ".join(
            f"{counts[name]:>{len(name) + 1}}" for name in ("harmless", "told", "lost", "wrong")
        )
        print(f"{kind:24} {len(outcomes):>6} {row}")
    wrong = [each for each in results if each.complaints]
    for each in wrong:
        print(f"{each.kind}: {'; '.join(each.complaints)}")
    silent = sum(any("SILENT" in what for what in each.complaints) for each in results)
    print(f"{len(results)} journals, {silent} silent, {len(wrong)} with something wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
