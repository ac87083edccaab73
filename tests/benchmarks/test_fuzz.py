"""A file of every kind that nobody means, as `benchmarks/fuzz.py` makes hundreds."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tools.mutating import damaged, damaged_text

ROOT = Path(__file__).parents[2]
NUMBER = 1
KINDS = 10
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that copy themselves")


@needs_fork
def test_every_kind_is_taken_or_refused_in_one_line() -> None:
    program = str(ROOT / "benchmarks" / "fuzz.py")
    line = [sys.executable, program, "--number", str(NUMBER), "--seed", "3"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [each for each in done.stdout.split("\n") if f"| {NUMBER} |" in each]
    assert len(rows) == KINDS, done.stdout


def test_the_same_seed_makes_the_same_file() -> None:
    for number in range(40):
        one, other = (random.Random(f"1 a {number}") for _ in "ab")
        assert damaged(one, bytes(range(256)) * 9) == damaged(other, bytes(range(256)) * 9)
        assert damaged_text(one, "a = 1\nb = 'x'") == damaged_text(other, "a = 1\nb = 'x'")
