"""What people type: every form that is promised, and whatever else comes."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_programme, load_vocabulary
from coreline.errors import BadDataError
from coreline.limits import FIRST_DAY, LAST_DAY
from coreline.programme.life import PainMoment, PainPlace
from coreline.programme.typed import (
    choice_of,
    day_typed,
    folded,
    length_typed,
    meant,
    time_typed,
)

WORDS = load_vocabulary()
TODAY = date(2026, 11, 30)  # a Monday
MONTHS_NL = (
    "januari februari maart april mei juni juli augustus september oktober november december"
)
MONTHS_EN = "January February March April May June July August September October November December"
days = st.dates(FIRST_DAY, LAST_DAY)


def day(given: str, today: date = TODAY) -> date:
    return day_typed("--date", given, today, WORDS)


def height(given: str) -> float:
    return length_typed("--height", given, 0.5, 2.6)


DAYS = {
    "2026-11-29": date(2026, 11, 29),
    "2026-1-2": date(2026, 1, 2),
    "29-11-2026": date(2026, 11, 29),
    "29/11/2026": date(2026, 11, 29),
    "29.11.2026": date(2026, 11, 29),
    "29-11-26": date(2026, 11, 29),
    " 29 - 11 - 2026 ": date(2026, 11, 29),
    "03-04-2026": date(2026, 4, 3),  # the day comes first
    "29 nov": date(2026, 11, 29),
    "29 Nov.": date(2026, 11, 29),
    "29nov": date(2026, 11, 29),
    "29 november 2026": date(2026, 11, 29),
    "November 29, 2026": date(2026, 11, 29),
    "November 29th": date(2026, 11, 29),
    "1 mrt 2026": date(2026, 3, 1),
    "1e mei": date(2027, 5, 1),
    "29-11": date(2026, 11, 29),
    "zondag 29 november 2026": date(2026, 11, 29),
    "vandaag": TODAY,
    "Today": TODAY,
    "GISTEREN": date(2026, 11, 29),
    "yesterday": date(2026, 11, 29),
    "eergisteren": date(2026, 11, 28),
    "morgen": date(2026, 12, 1),
    "the day after tomorrow": date(2026, 12, 2),
}


@pytest.mark.parametrize("given", DAYS)
def test_a_day_is_taken_as_it_is_written(given: str) -> None:
    assert day(given) == DAYS[given]


NO_DAYS = [
    *("", "0", "-1", "5", "november", "31-11-2026", "13 nov 12 dec", "11-29-2026", "29 nov 20261"),
    *("maandag 29 november 2026", "20261129", "2026-13-01", "ooit", "1" * 5000, "12:11", "1,75"),
]


@pytest.mark.parametrize("given", NO_DAYS)
def test_what_is_no_day_is_one_line_in_both_languages(given: str) -> None:
    with pytest.raises(BadDataError) as caught:
        day(given)
    assert "give a day such as 29-11-2026" in caught.value.in_("en")
    assert "geef een dag zoals 29-11-2026" in caught.value.in_("nl")
    assert len(caught.value.in_("nl")) < 200


@pytest.mark.parametrize(("given", "today", "found"), [
    ("1 jan", date(2026, 12, 30), date(2027, 1, 1)),
    ("31 dec", date(2026, 1, 2), date(2025, 12, 31)),
    ("29 feb", date(2026, 11, 30), date(2028, 2, 29)),
    ("29 feb", date(2097, 6, 1), date(2096, 2, 29)),  # 2100 has none
    ("1-9", date(2028, 3, 2), date(2028, 9, 1)),  # 183 days either way: the later
])  # fmt: skip
def test_a_day_without_a_year_is_the_nearest(given: str, today: date, found: date) -> None:
    assert day(given, today) == found


def test_a_day_on_which_nobody_trains_is_refused() -> None:
    with pytest.raises(BadDataError, match="from 1970-01-01 to 2099-12-31"):
        day("1-1-1969")


@given(days, days)
def test_every_day_is_understood_in_every_form(wanted: date, today: date) -> None:
    number, year = wanted.day, wanted.year
    month_nl = MONTHS_NL.split()[wanted.month - 1]
    month_en = MONTHS_EN.split()[wanted.month - 1]
    forms = [
        wanted.isoformat(),
        f"{wanted:%d-%m-%Y}",
        f"{wanted:%d/%m/%Y}",
        f"{number}.{wanted.month}.{year}",
        f"{number} {month_nl} {year}",
        f"{number} {month_en} {year}",
        f"{month_en} {number}, {year}",
        f"{number} {month_en[:3].lower()} {year}",
    ]
    assert {day(each, today) for each in forms} == {wanted}


@given(days)
def test_the_nearest_day_is_within_half_a_year(today: date) -> None:
    for away in (-182, -1, 0, 1, 182):
        wanted = today + timedelta(days=away)
        is_leap_day = (wanted.month, wanted.day) == (2, 29)
        if FIRST_DAY <= wanted <= LAST_DAY and not is_leap_day:
            assert day(f"{wanted.day}-{wanted.month}", today) == wanted


TIMES = {
    "8.30": time(8, 30), "8:30": time(8, 30), "8u30": time(8, 30), "08:30": time(8, 30),
    "8h30": time(8, 30), "8": time(8), "8 uur": time(8), "8u": time(8), "8.30 uur": time(8, 30),
    "19:05": time(19, 5), "0:00": time(0), "8 pm": time(20), "12 am": time(0),
    "12:15pm": time(12, 15), " 8:30 ": time(8, 30),
}  # fmt: skip


@pytest.mark.parametrize("given", TIMES)
def test_a_time_is_taken_as_it_is_written(given: str) -> None:
    assert time_typed("--at", given) == TIMES[given]


@pytest.mark.parametrize(
    "given", ["", "24:00", "8:60", "8.3", "half 9", "13 pm", "0 am", "8:30:00"]
)
def test_what_is_no_time_is_one_line_in_both_languages(given: str) -> None:
    with pytest.raises(BadDataError, match="give a time of day such as 08:00") as caught:
        time_typed("--at", given)
    assert "geef een tijd zoals 8.30" in caught.value.in_("nl")


@given(st.times())
def test_every_minute_is_understood(wanted: time) -> None:
    minute = wanted.replace(second=0, microsecond=0)
    forms = (
        f"{minute:%H:%M}",
        f"{minute:%H.%M}",
        f"{minute.hour}u{minute:%M}",
        f"{minute:%I:%M %p}",
    )
    assert {time_typed("--at", each) for each in forms} == {minute}


@pytest.mark.parametrize("given", [
    *("1,75", "1.75", "1.75 m", "1,75m", "175 cm", "175cm", "175", "1m75", "1 m 75 cm"),
    *("1,75 meter", "175 centimeter", " 1.75 M ", "1.75 metres"),
])  # fmt: skip
def test_a_height_is_taken_as_it_is_written(given: str) -> None:
    assert height(given) == 1.75


@pytest.mark.parametrize(
    "given", ["", "tall", "nan", "inf", "-1.75", "17,5", "300", "0", "5'9", "9" * 400]
)
def test_what_is_no_height_is_one_line_in_both_languages(given: str) -> None:
    with pytest.raises(
        BadDataError, match=r"such as 1\.75 or 175 cm, from 0\.5 to 2\.6 m"
    ) as caught:
        height(given)
    assert "zoals 1,75 of 175 cm, van 0,5 tot 2,6 m" in caught.value.in_("nl")


@given(st.integers(50, 260))
def test_every_height_is_understood(cm: int) -> None:
    metres = f"{cm / 100:.2f}"
    forms = (metres, metres.replace(".", ","), f"{metres} m", f"{cm} cm", f"{cm}")
    assert {height(each) for each in forms} == {cm / 100}


@pytest.mark.parametrize(("given", "found"), [
    ("links", "left"), ("Left", "left"), ("RECHTS", "right"), ("auto", "auto"),
])  # fmt: skip
def test_a_side_is_taken_in_both_languages(given: str, found: str) -> None:
    assert choice_of("--side", given, WORDS.side) == found


def test_a_near_miss_is_offered_in_both_languages() -> None:
    with pytest.raises(BadDataError) as caught:
        choice_of("--where", "liez", WORDS.pain_place)
    assert str(caught.value).startswith("--where liez: did you mean liezen?")
    assert "bedoelde je liezen?" in caught.value.in_("nl")
    assert "rug, bil, hamstring, lies, ergens anders" in caught.value.in_("nl")


def test_every_choice_has_words() -> None:
    assert set(WORDS.pain_place) == set(PainPlace)
    assert set(WORDS.moment) == set(PainMoment)
    assert set(WORDS.level) <= set(load_programme().level_ids)
    assert list(WORDS.month) == [str(number) for number in range(1, 13)]
    assert list(WORDS.weekday) == [str(number) for number in range(7)]


@pytest.mark.parametrize("table", sorted(type(WORDS).model_fields))
def test_no_word_stands_for_two_things(table: str) -> None:
    choices = getattr(WORDS, table)
    for meaning, words in choices.items():
        for word in (*words.nl, *words.en):
            assert meant(word, choices) == meaning
            assert meant(f" {word.upper()}. ", choices) == meaning


@given(st.text())
def test_any_text_at_all_is_a_value_or_one_line(given: str) -> None:
    for typed in (day, height, lambda text: time_typed("--at", text)):
        try:
            typed(given)
        except BadDataError as error:
            assert "\n" not in str(error) + error.in_("nl")  # noqa: PT017 - it may be a value too
    assert folded(folded(given)) == folded(given)
