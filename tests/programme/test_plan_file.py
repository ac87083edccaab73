"""A plan as a file: read in either language, written so that it reads back, and refused by line."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.data_files import load_sentences, load_vocabulary
from coreline.errors import BadDataError, BadPlanError
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.plan_file import PlanWords, parse_plan
from coreline.programme.plan_text import PlanWriter
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription
from lives import CATALOGUE, PROGRAMME, START
from plans import of, plans

WORDS = load_vocabulary()
KNOWN = PlanWords(PROGRAMME, CATALOGUE, WORDS, START, "w12")
WRITERS = {each: PlanWriter(CATALOGUE, WORDS, load_sentences(), each) for each in LANGUAGES}
both = pytest.mark.parametrize("language", LANGUAGES)
WHOLE = Prescription(
    by="Jan de Vries",
    note="Rustig aan.\nBel bij pijn.",
    level="w34",
    level_until=date(2026, 12, 24),
    days=(0, 2, 4),
    until=date(2027, 1, 31),
    leave_out=("w34-superman",),
    order=("w34-side-bridge",),
    exercises=(
        of("w34-side-bridge", sets=2, hold_s=20.0, rest_s=45.0, side="left", days=(0,)),
        of("w56-crunch", extra=True, sets=1, count=12, note="Langzaam."),
    ),
)
DUTCH = """
fysio = "Jan de Vries"
bericht = '''
Rustig aan.
Bel bij pijn.'''
niveau = "week 3-4"
niveau_tot_en_met = 2026-12-24
dagen = ["Vrijdag", "ma", "WO"]
tot_en_met = "31 januari 2027"
weglaten = ["superman"]
volgorde = ["zijbrug w34"]

[[oefening]]
naam = "zijbrug w34"
series = 2
seconden = 20
rust = 45
kant = "links"
dagen = "ma"

[[erbij]]
naam = "crunch"
series = 1
herhalingen = 12
bericht = "Langzaam."
"""
ENGLISH = """
physiotherapist = "Jan de Vries"
note = "Rustig aan.\\nBel bij pijn."
level = "w34"
level_until = "24-12-2026"
days = "mon, wed, fri"
until = 2027-01-31
leave_out = ["w34-superman"]
order = ["w34-side-bridge"]
extra = [{ name = "w56-crunch", sets = 1, repetitions = 12, note = "Langzaam." }]
[[exercise]]
name = "w34-side-bridge"
sets = 2
seconds = 20.0
rest = 45
side = "left"
days = ["mon"]
"""


def read(text: str) -> Prescription:
    return parse_plan(text, "plan.toml", KNOWN)


def mistakes(text: str, language: Language = "nl") -> tuple[str, ...]:
    with pytest.raises(BadPlanError) as refused:
        read(text)
    return refused.value.lines_in(language)


@pytest.mark.parametrize("text", [DUTCH, ENGLISH])
def test_a_plan_is_read_in_either_language(text: str) -> None:
    assert read(text) == WHOLE


@both
def test_a_plan_that_was_written_reads_back(language: Language) -> None:
    assert read(WRITERS[language].text(WHOLE, "w34")) == WHOLE


@given(plans(), st.sampled_from(LANGUAGES), st.sampled_from(PROGRAMME.level_ids))
@settings(max_examples=60, deadline=None)
def test_any_plan_reads_back(plan: Prescription, language: Language, level_id: str) -> None:
    assert read(WRITERS[language].text(plan, level_id)) == plan


@both
@pytest.mark.parametrize("level_id", PROGRAMME.level_ids)
def test_the_template_says_nothing_and_its_remarks_are_right(
    language: Language, level_id: str
) -> None:
    text = WRITERS[language].text(NOTHING_PRESCRIBED, level_id)
    assert read(text) == NOTHING_PRESCRIBED
    marks = re.findall(r"^# (\w+ = .+|\[\[\w+\]\])$", text, re.MULTILINE)
    without = tuple(WORDS.plan_key[key].in_(language)[0] for key in ("only", "leave_out"))
    found = read("\n".join(line for line in marks if not line.startswith(without)))
    assert found.days == (0, 2, 4)
    assert [each.exercise for each in found.exercises] == [
        each.id for each in CATALOGUE.of_level(level_id)
    ]
    for each in found.exercises:
        usual = CATALOGUE.get(each.exercise).dose
        assert each.dose(usual) == usual


@both
def test_a_kept_plan_whose_stay_is_over_reads_back_and_a_new_stay_that_is_over_does_not(
    language: Language,
) -> None:
    after = replace(KNOWN, today=date(2027, 1, 2), kept=WHOLE)
    text = WRITERS[language].text(WHOLE, "w34")
    assert parse_plan(text, "plan.toml", after) == WHOLE
    for changed in (text.replace("2026-12-24", "2026-12-23"), text.replace('"w34"', '"w56"')):
        with pytest.raises(BadPlanError, match="is over; give a day from today on"):
            parse_plan(changed, "plan.toml", after)
    with pytest.raises(BadPlanError, match="is over"):
        parse_plan(text, "plan.toml", replace(after, kept=NOTHING_PRESCRIBED))


@both
def test_the_days_in_the_remarks_are_to_come_for_long(language: Language) -> None:
    text = WRITERS[language].text(NOTHING_PRESCRIBED, "w12")
    days = re.findall(r"^# \w+ = (\d{4})-\d\d-\d\d$", text, re.MULTILINE)
    assert [int(each) >= START.year + 10 for each in days] == [True, True]


def test_every_mistake_is_a_line_of_its_own_with_its_place() -> None:
    text = (
        'fysioo = "Jan"\n'
        'dagen = ["maa", "wo", "xyz"]\n'
        "niveau_tot_en_met = 2026-10-01\n"
        'weglaten = ["zijbrugg w12", "buikbrug"]\n'
        "\n"
        "[[oefening]]\n"
        'naam = "zijbrug w12"\n'
        "serie = 2\n"
        'seconden = "20"\n'
        "herhalingen = 10\n"
        "rust = -4\n"
        'kant = "linkz"\n'
        "[[oefening]]\n"
        "series = 2.5\n"
    )
    found = mistakes(text)
    places = [line.split(": ")[0] for line in found]
    wanted = [1, 2, 2, 3, 3, 4, 8, 9, 10, 11, 12, 13, 14]
    assert places == [f"plan.toml:{number}" for number in wanted]
    near = {1: "fysio", 2: "ma", 4: "Zijbrug", 8: "series", 12: "links"}
    for line, word in near.items():
        said = next(each for each in found if each.startswith(f"plan.toml:{line}:"))
        assert f"bedoelde je {word}" in said
    assert len(mistakes(text, "en")) == len(found)
    assert not set(mistakes(text, "en")) & set(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kant = links", "zet tekst tussen aanhalingstekens"),
        ("days = 3", 'geef dagen van de week, zoals ["ma", "wo", "vr"]'),
        ("days = []", "geef dagen van de week"),
        ("days = [1]", "geef tekst tussen aanhalingstekens"),
        ("until = 2026-10-31", "is voorbij; geef een dag vanaf vandaag"),
        ("until = 2199-01-01", "geef een dag tot en met 2099-12-31"),
        ('until = "ooit"', "geef een dag zoals"),
        ("niveau = 3", "geef tekst tussen aanhalingstekens"),
        ('niveau = "week 9"', "het mag zijn"),
        ("alleen_deze = true", "hieronder staan geen oefeningen"),
        ("alleen_deze = true\noefening = []", "hieronder staan geen oefeningen"),
        ("alleen_deze = true\nerbij = []", "hieronder staan geen oefeningen"),
        ('alleen_deze = "ja"', "geef true (ja) of false (nee)"),
        ('weglaten = "superman"', "geef een lijst"),
        ('oefening = "superman"', "tussen dubbele haken"),
        ("[oefening]\nnaam = 'superman'", "tussen dubbele haken"),
        ("[[oefening]]\nnaam = 'superman'\nkant = 'links'", "heeft geen kanten"),
        ("[[oefening]]\nnaam = 'log roll'\nseconden = 3", "wordt gedraaid: geef rotaties"),
        ("[[oefening]]\nnaam = 'crunch'\nseries = 11", "geef een heel getal van 1 tot 10"),
        ("[[oefening]]\nnaam = 'crunch'\nseries = true", "geef een heel getal"),
        ("[[oefening]]\nnaam = 'zijbrug w34'\nseconden = nan", "geef seconden van 1 tot 600"),
        ("[[oefening]]\nnaam = 'crunch'\nseconden = 3", "wordt herhaald: geef herhalingen"),
        ("[[oefening]]\nnaam = 'crunch'\n[[erbij]]\nnaam = 'crunch'", "staat al op regel 1"),
        ("weglaten = ['crunch']\n[[oefening]]\nnaam = 'crunch'", "kies een van beide"),
        (f"bericht = '{'x' * 601}'", "heeft 601 tekens"),
        ("bericht = 'a\u202eb'", "onzichtbaar teken"),
        ("therapeut = 'a'\nphysio = 'b'", "is nog eens"),
        ("fysio = '''a\nb'''", "geef één regel"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(BadDataError) as refused:
        read(text)
    (line,) = refused.value.lines_in("nl")
    assert said in line
    assert line.startswith("plan.toml:")


def test_a_name_of_several_is_the_one_of_the_person_s_level() -> None:
    found = read("[[oefening]]\nnaam = 'buikbrug'\nseries = 2")
    assert found.exercises[0].exercise == "w12-belly-bridge"


@given(st.text(max_size=200))
def test_whatever_is_written_is_a_plan_or_refused_in_lines(text: str) -> None:
    lines: tuple[str, ...] = ()
    try:
        read(text)
    except BadDataError as error:
        lines = error.lines_in("nl")
    assert all(line.startswith("plan.toml:") and "\n" not in line for line in lines)
