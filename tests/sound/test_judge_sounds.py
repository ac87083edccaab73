"""What two recognisers made of the clips: kept for those that come, and told as it is kept."""

from typing import Any

import pytest
from build_sounds import HERE, texts
from judge_sounds import HEAD, is_weak, kept, table, takes

from coreline.programme.language import LANGUAGES, Language


def clip(words: int, sounds: int, **more: Any) -> dict[str, Any]:
    return {
        "words": [words, 4],
        "letters": [sounds, 20],
        "sounds": [sounds, 16],
        "likely": -sounds / 10,
        **more,
    }


def test_the_table_adds_up_what_was_heard() -> None:
    heard = {
        "en": {"num.01": clip(0, 0, told=True)},
        "nl": {
            "num.01": clip(1, 1, told=True),
            "num.02": clip(3, 5, told=False),
            "how.x": clip(0, 2),
        },
        "nl_espeak": {"num.01": clip(4, 12, told=False)},
    }
    assert list(table(heard, {"num.01", "how.x"})) == [
        *HEAD,
        "| English, Kokoro | 1 | 0.0 % | 0.0 % | 0.0 % | 0.00 | 1 of 1 |",
        "| Dutch, Kokoro | 2 | 12.5 % | 7.5 % | 9.4 % | -0.15 | 1 of 1 |",
        "| the same lines by espeak-ng | 1 | 100.0 % | 60.0 % | 75.0 % | -1.20 | 0 of 1 |",
        "| Dutch, still by espeak-ng | 1 | 75.0 % | 25.0 % | 31.2 % | -0.50 | 0 of 1 |",
        "",
        "Weak, nl: `num.02`.",
        "",
        "Weak, en: none.",
    ]


def test_more_than_a_quarter_of_the_sounds_is_weak() -> None:
    assert not is_weak(clip(0, 4))
    assert is_weak(clip(0, 5))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clip_that_was_heard_is_one_that_there_is(language: Language) -> None:
    assert set(kept()[language]) <= set(texts(language))


def test_the_page_tells_what_is_kept() -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8").splitlines()
    told = list(table(kept(), takes()))
    at = page.index(told[0])
    assert page[at : at + len(told)] == told
