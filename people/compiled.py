"""Functions compiled to machine code; what is compiled is kept in __pycache__."""

import os
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

# Read when numba is imported: a clip is one process, and several run side by side.
os.environ.setdefault("NUMBA_NUM_THREADS", "1")

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function of numbers and arrays, compiled at its first call."""
    compile_it = numba.njit(cache=True, fastmath=True, error_model="numpy")
    return cast(Callable[P, R], compile_it(function))
