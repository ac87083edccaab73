"""How Dutch is spelt for a voice that never learnt it, and which takes there are."""

# ruff: noqa: RUF001 - the letters of the phonetic alphabet look like others

import tomllib

import pytest
from dutch import BASES, BLENDS, SPEEDS, Take, as_seen
from english import as_trained

from coreline.files.resources import resource_file

# As espeak-ng ties them: "Houd vijf seconden vast, en rustig omlaag. Drie keer."
SOUNDS = "hˈʌ^ʊt vˈɛ^ɪf səkˈɔndən vˈɑst, ɛn rˈɵstəx ɔmlˈaːx. drˈi kˈɪːr."


@pytest.mark.parametrize(
    ("take", "spelt"),
    [
        ("wide+rolled trio 1.0", "hˈʌʊt vˈæɪf səkˈɔndən vˈɑst, ɛn ɾˈʌstəx ɔmlˈaːx. dɾˈiː kˈɪːɾ."),
        ("open+rolled trio 0.9", "hˈʌʊt vˈIf səkˈɔndən vˈɑst, ɛn ɾˈəstəx ɔmlˈaːx. dɾˈiː kˈɪːɾ."),
        ("plain+long+hard duo 1", "hˈʌʊt vˈɛɪf səkˈɔndən vˈɑst, ɛn rˈəstɪk ɔmlˈaːx. drˈiː kˈɪːr."),
        ("plain duo 1", "hˈʌʊt vˈɛɪf səkˈɔndən vˈɑst, ɛn rˈəstəx ɔmlˈaːx. drˈi kˈɪːr."),
    ],
)
def test_each_table_writes_dutch_in_its_letters(take: str, spelt: str) -> None:
    assert Take.parse(take).spelt(SOUNDS) == spelt


@pytest.mark.parametrize("table", BASES)
def test_no_sign_that_the_voice_does_not_know_is_left(table: str) -> None:
    spelt = Take(table, "trio", 1.0).spelt(SOUNDS)
    assert not {"^", "ɵ"} & set(spelt)
    # A table is applied once: what it writes is not read again.
    assert Take(table, "trio", 1.0).spelt("eː") in {"eː", "A"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wide",
        "wide trio",
        "wide trio 3.0",
        "wide four 1.0",
        "thin trio 1.0",
        "wide+thin trio 1.0",
        "a b c",
    ],
)
def test_what_is_no_take_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"is no take; give a table \(plain, wide, open, with \+ rolled"
    ):
        Take.parse(text)


def test_a_blend_is_one_voice_altogether() -> None:
    for blend in BLENDS.values():
        assert sum(blend.values()) == pytest.approx(1.0)
    assert SPEEDS[0] < 1.0 < SPEEDS[1]


def test_every_take_that_is_listed_can_be_spoken() -> None:
    listed = tomllib.loads(resource_file("sounds", "sounds.toml").read_text("utf-8"))
    takes = [clip.get("take") for clip in listed["nl"]["clips"].values()]
    assert any(takes)
    for take in filter(None, takes):
        Take.parse(take)


def test_what_espeak_would_misread_is_written_otherwise() -> None:
    assert as_seen("Eén erbij.") == "één erbij."
    assert as_seen("Buikspieren, crunch.") == "Buikspieren, krunsj."


def test_english_is_spelt_as_the_voice_was_trained() -> None:
    assert as_trained("hˈo^ʊld, ðˈeəɹ ˈɪz ə bˈɑːɾə^l") == "hˈOld, ðˈAəɹ ˈɪz ə bˈɑTᵊl"
