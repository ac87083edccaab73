"""The words of the program's own pages."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from coreline.programme.spec import Language


@dataclass(frozen=True, slots=True)
class Words:
    """The pages' words in one language."""

    language: Language

    def __call__(self, key: str, **fillings: object) -> str:
        """Return the words of a key such as `today.start`, its places filled in."""
        table, name = key.split(".")
        return own_texts()[table][name][self.language].format(**fillings)


@lru_cache(maxsize=1)
def own_texts() -> dict[str, dict[str, dict[str, str]]]:
    """Return all words by table, name and language."""
    text = (files("coreline") / "app" / "texts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
