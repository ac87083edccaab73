"""On which line of a TOML text each key stands, so that an error can point at it.

`tomllib` gives values without lines. This scanner reads the text a second time for the keys alone;
it is only handed texts that `tomllib` has accepted, so it may trust their grammar: it never checks.
"""

import re
import tomllib
from collections.abc import Iterator

Path = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# The four string forms of TOML; the long ones may end in up to two quotes of their own.
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^\s,\]}#]+")  # numbers, booleans, dates
_TIME_AFTER_DATE = re.compile(r" \d\d:[^\s,\]}#]+")  # 1979-05-27 07:32:00 has a space in it
_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")


def key_lines(text: str) -> dict[Path, int]:
    """Return the 1-based line of every key, table and array element of a valid TOML text.

    A path holds keys and, inside arrays, 0-based positions: `("cues", 3, "id")`.
    """
    return _Scanner(text).scan()


class _Scanner:
    """One walk over a text; `position` only ever moves forward."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.position = 0
        self.lines: dict[Path, int] = {}
        self.array_lengths: dict[Path, int] = {}  # of arrays of tables, by their path

    def scan(self) -> dict[Path, int]:
        """Walk the whole text."""
        table: Path = ()
        self._skip(_BLANK)
        while self.position < len(self.text):
            if self._take("[["):
                table = self._open_array_table()
            elif self._take("["):
                table = self._open_table()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self.lines

    def _open_table(self) -> Path:
        """Read `a.b]` and return the table's path."""
        path = self._resolve(self._key())
        self.lines[path] = self._line()  # rather than where an inner table implied it
        self._take("]")
        return path

    def _open_array_table(self) -> Path:
        """Read `a.b]]` and return the path of the new element."""
        line = self._line()
        *parents, name = self._key()
        self._take("]]")
        array = (*self._resolve(parents), name)
        index = self.array_lengths.get(array, 0)
        self.array_lengths[array] = index + 1
        self.lines.setdefault(array, line)
        self.lines[(*array, index)] = line
        return (*array, index)

    def _resolve(self, names: list[str]) -> Path:
        """Return a header's path: an array of tables on the way means its latest element."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            self.lines.setdefault(path, self._line())
            if path in self.array_lengths:
                path = (*path, self.array_lengths[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        """Read `key = value` into a table."""
        line = self._line()
        path = table
        for name in self._key():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self._take("=")
        self._value(path)

    def _key(self) -> list[str]:
        """Read a dotted key and return its parts."""
        names = [self._key_part()]
        while self._take("."):
            names.append(self._key_part())
        return names

    def _key_part(self) -> str:
        """Read a bare or quoted part of a key; blanks around it are passed over."""
        self._skip(_SPACE)
        quoted = _STRING.match(self.text, self.position)
        if quoted:
            self.position = quoted.end()
            name = str(tomllib.loads(f"x = {quoted.group()}")["x"])
        else:
            name = self._skip(_BARE_KEY)
        self._skip(_SPACE)
        return name

    def _value(self, path: Path) -> None:
        """Pass over a value, noting the keys and elements inside it."""
        self._skip(_SPACE)
        if self._take("["):
            for index in self._until("]"):
                self.lines[(*path, index)] = self._line()
                self._value((*path, index))
        elif self._take("{"):
            for _ in self._until("}"):
                self._pair(path)
        elif not self._skip(_STRING):
            self._skip(_SCALAR)
            self._skip(_TIME_AFTER_DATE)

    def _until(self, close: str) -> Iterator[int]:
        """Count the elements of an array or inline table up to its closing bracket."""
        index = 0
        self._skip(_BLANK)
        while not self._take(close):
            yield index
            index += 1
            self._skip(_BLANK)
            self._take(",")
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Pass over what matches here and return it, or the empty string."""
        found = pattern.match(self.text, self.position)
        if found is None:
            return ""
        self.position = found.end()
        return found.group()

    def _take(self, mark: str) -> bool:
        """Pass over a mark if it stands here."""
        if not self.text.startswith(mark, self.position):
            return False
        self.position += len(mark)
        return True

    def _line(self) -> int:
        """Return the 1-based line of the present position."""
        return self.text.count("\n", 0, self.position) + 1
