"""What commands say, in both languages."""

import ast
from importlib.resources import files
from pathlib import Path

from coreline.commands.wording import words_in

COMMANDS = Path(str(files("coreline") / "commands"))


def keys_named() -> set[str]:
    """Return every text in the commands' sources that could be a key, or begin one."""
    found = set()
    for path in COMMANDS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_word_is_said_somewhere() -> None:
    named = keys_named()
    for key in words_in("nl").book.keys:
        table, _, word = key.partition(".")
        begun = {f"{table}.{word[:end]}" for end in range(len(word))}
        assert key in named or begun & named, key


def test_the_languages_differ() -> None:
    book = words_in("en").book
    for key in book.keys:
        assert book.text(key).nl != book.text(key).en, key
