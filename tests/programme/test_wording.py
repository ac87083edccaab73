"""The plan's sentences: every one that can be said has both languages and all its blanks."""

import re
from importlib.resources import files

import pytest

from coreline.errors import BadDataError
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.sayings import Filling, say
from coreline.programme.texts import blanks_in, parse_texts
from coreline.programme.wording import SentencesFile, Speaker
from lives import CATALOGUE, PROGRAMME, SENTENCES, day

FOLDER = files("coreline") / "programme"
TEXT = (FOLDER / "texts.toml").read_text(encoding="utf-8")
FILLINGS: dict[str, Filling] = {
    "level": "w34",
    "exercise": "w34-side-bridge",
    "instead": "w12-side-bridge",
    **dict.fromkeys(["since", "until", "start", "day"], day(1)),
    **dict.fromkeys(["week", "days", "sets", "minutes", "sessions", "score", "share"], 3),
    **dict.fromkeys(["n", "longest", "done", "number", "prescribed"], 3),
    **dict.fromkeys(["what", "name", "others", "note", "dose", "usual", "days_of_week"], "x"),
}
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
SPEAKERS = {each: Speaker(SENTENCES, PROGRAMME, CATALOGUE, each) for each in LANGUAGES}
both = pytest.mark.parametrize("language", LANGUAGES)


def said_in_code() -> set[str]:
    """Every code that the programme's own modules say."""
    found = set()
    for module in FOLDER.iterdir():
        if module.name.endswith(".py"):
            found |= set(re.findall(r'say\(\s*"([a-z_.]+)"', module.read_text(encoding="utf-8")))
    return found


@both
def test_every_sentence_can_be_said(language: Language) -> None:
    for code in SENTENCES.keys:
        said = SPEAKERS[language].say(say(code, **FILLINGS))
        assert said.strip()
        assert not blanks_in(said)


@both
def test_what_the_programme_says_has_words(language: Language) -> None:
    codes = said_in_code()
    assert {"why.level_by_date", "pain.contact", "offer.easier", "note.split"} <= codes
    for code in codes:
        assert SPEAKERS[language].say(say(code, **FILLINGS))
    for reason in ("stays", "returns"):
        assert SPEAKERS[language].say(say(f"contact.{reason}", since=day(1)))
    for reason in ("pain", "choice"):
        assert SPEAKERS[language].say(say(f"why.skipped_{reason}", exercise="w34-superman"))


def test_the_dutch_says_je() -> None:
    for code in SENTENCES.keys:
        assert not FORMAL.search(SENTENCES.text(code).nl), code


def test_the_rules_for_pain_are_said_in_the_handout_s_words() -> None:
    dutch = SPEAKERS["nl"]
    assert dutch.say(say("pain.skip")) == "Is een oefening erg pijnlijk, sla deze dan over."
    assert dutch.say(say("pain.rest")) == "Neem bij uitgesproken pijnklachten enkele dagen rust."
    assert dutch.say(say("pain.contact")).endswith("neem contact op met de sportarts.")
    assert dutch.say(say("pain.may_rise")).startswith("De eerste 3 weken")
    assert dutch.say(say("why.every_day")) == "Doe de oefeningen elke dag."


def test_nothing_that_is_said_is_a_diagnosis() -> None:
    words = re.compile(r"hernia|ontsteking|blessure|injur|inflam|tear\b|strain\b", re.IGNORECASE)
    for code in SENTENCES.keys:
        assert not words.search(SENTENCES.text(code).nl + SENTENCES.text(code).en)


def test_names_days_and_doses_are_in_the_person_s_language() -> None:
    dutch, english = SPEAKERS["nl"], SPEAKERS["en"]
    assert dutch.day(day(1)) == "zondag 1 november 2026"
    assert english.day(day(1)) == "Sunday 1 November 2026"
    assert dutch.exercise("w34-side-bridge", full=True) == "Zijbrug (3e en 4e week)"
    assert english.exercise("adv-log-roll", full=True) == "Log roll (advanced)"
    assert dutch.dose(CATALOGUE.get("w56-crunch").dose) == "3 x 30 herhalingen"
    assert english.dose(CATALOGUE.get("w12-pelvic-curl").dose) == "3 x 30 seconds"


def test_an_exercise_of_another_level_than_ones_own_is_named_with_it() -> None:
    dutch = SPEAKERS["nl"]
    assert dutch.exercise_at("w34-belly-bridge", "w34") == "Buikbrug"
    assert dutch.exercise_at("w12-belly-bridge", "w34") == "Buikbrug (1e en 2e week)"
    assert dutch.exercise_at("gone", "w34") == "gone"


def test_what_is_gone_is_called_by_its_id() -> None:
    assert SPEAKERS["nl"].exercise("gone", full=True) == "gone"
    assert SPEAKERS["nl"].level("gone") == "gone"


def test_an_unknown_code_offers_the_near_one() -> None:
    with pytest.raises(LookupError, match=r'no text "why.restin".*did you mean why\.resting'):
        SENTENCES.text("why.restin")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('end_rest.nl = "Train', 'end_rest.nl = "Train {days}', "offer.end_rest: nl and en must"),
        ('end_rest.nl = "', 'end_rest.de = "', "offer.end_rest.de: unknown key"),
        ("January ", "", "date.months: nl and en must have 12 words each"),
    ],
)
def test_a_malformed_text_is_named(old: str, new: str, said: str) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(BadDataError, match=r"^t\.toml:\d+: " + re.escape(said)):
        parse_texts(TEXT.replace(old, new), "t.toml", SentencesFile)
