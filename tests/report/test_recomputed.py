"""The figures on the page, against figures worked out again from what was read in each frame."""

import re
from collections import Counter
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from coreline.judging.events import (
    HoldEnded,
    Reading,
    RepetitionEnded,
    RotationEnded,
    State,
)
from coreline.report.html import render
from coreline.session.record import SetRecord
from judged_recordings import RECORDINGS, record_of
from report_records import CATALOGUE, WORDS, recorded

NAMES = sorted(path.name.split(".")[0] for path in Path(RECORDINGS).glob("*.expected.toml"))
HOLDS = [name for name in NAMES if CATALOGUE.get(name).machine == "hold"]
RAISES = [name for name in NAMES if CATALOGUE.get(name).machine == "raises"]
LOST_S = 0.5  # a gap up to this is bridged


@cache
def source_of(name: str) -> str:
    return render([recorded(name)], CATALOGUE, WORDS, "en").replace("\u00a0", " ")


def tile(name: str, label: str) -> tuple[str, str]:
    """Return the large and the small text of a tile."""
    found = re.search(
        rf"<li><span>{label}</span><b>(.*?)</b><span>(.*?)</span>", source_of(name), re.DOTALL
    )
    assert found is not None, label
    return unescape(found.group(1)), unescape(found.group(2))


def rows_of(name: str, caption: str) -> list[list[str]]:
    """Return the last table of a caption, cell by cell, as a browser reads it."""
    table = source_of(name).split(f"<caption>{caption}</caption>")[-1].split("</table>")[0]
    return [
        [
            unescape(re.sub(r"<[^>]*>", " ", cell)).strip()
            for cell in re.split(r"<t[hd][^>]*>", row)[1:]
        ]
        for row in table.split("<tr")[2:]
    ]


def number(text: str) -> float:
    found = re.search(r"[\d.]+", text)
    assert found is not None, text
    return float(found.group())


def held_readings(record: SetRecord) -> list[Reading]:
    holds = [fact.hold for fact in record.facts if isinstance(fact, HoldEnded)]
    return [
        reading
        for reading in record.readings
        if any(hold.start_s <= reading.t_s <= hold.end_s for hold in holds)
    ]


def is_good(reading: Reading, record: SetRecord) -> bool:
    """Say whether a frame of a hold was in line, judged from the line as it was known at last.

    What else was wrong is told by the faults, whose ramps a frame does not tell.
    """
    judging = CATALOGUE.get(record.exercise_id).judging
    assert judging is not None
    band, bend_deg = judging.bands[0], reading.bend_deg
    if bend_deg is None or record.neutral_deg is None:
        return False
    low = band.good_low + 0.8 * (band.fault_low - band.good_low)
    high = band.good_high + 0.8 * (band.fault_high - band.good_high)
    others = [
        fault
        for fact in record.facts
        if isinstance(fact, HoldEnded)
        for fault in fact.hold.faults
        if fault.code not in (band.below, band.above)
    ]
    wrong = any(fault.start_s <= reading.t_s <= fault.end_s for fault in others)
    return low <= bend_deg - record.neutral_deg <= high and not wrong


def seen_changes(record: SetRecord) -> list[float]:
    neutral_deg = record.neutral_deg
    assert neutral_deg is not None
    return [
        each.bend_deg - neutral_deg
        for each in held_readings(record)
        if each.bend_deg is not None and each.state is not State.UNSEEN
    ]


@pytest.mark.parametrize("name", HOLDS)
def test_the_seconds_of_a_hold(name: str) -> None:
    record = record_of(name)
    readings = held_readings(record)
    steps = [(a, b) for a, b in pairwise(readings) if b.t_s - a.t_s <= LOST_S]
    good = {each.t_s: is_good(each, record) for each in readings}
    in_line_s = sum((b.t_s - a.t_s) * (good[a.t_s] + good[b.t_s]) / 2.0 for a, b in steps)
    held_s = readings[-1].t_s - readings[0].t_s
    assert number(tile(name, "Done")[1]) == pytest.approx(held_s, abs=0.15)
    # The clock stands still once a fault has lasted a second.
    done_s = number(tile(name, "Done")[0])
    assert number(tile(name, "In line")[0]) <= done_s < held_s
    assert done_s == pytest.approx(record.done, abs=0.05)
    assert number(tile(name, "In line")[0]) == pytest.approx(in_line_s, abs=0.5)
    share = round(100.0 * number(tile(name, "In line")[0]) / held_s)
    said = re.search(r"(\d+) % of the time", tile(name, "In line")[1])
    assert said is not None
    assert int(said.group(1)) == pytest.approx(share, abs=1)


@pytest.mark.parametrize("name", HOLDS)
def test_the_bends_and_the_score_of_a_hold(name: str) -> None:
    changes_deg = seen_changes(record_of(name))
    judging = CATALOGUE.get(name).judging
    assert judging is not None
    good_deg = judging.bands[0].good_high
    beyond = [max(abs(each) - good_deg, 0.0) / (2.0 * good_deg) for each in changes_deg]
    score = sum(100.0 * max(1.0 - each, 0.0) for each in beyond) / len(beyond)
    worst_deg = max(changes_deg, key=abs)
    ((_, _, _, line, _, scored),) = rows_of(name, "Every hold")
    assert int(number(line.split("max")[1])) == pytest.approx(abs(worst_deg), abs=0.51)
    assert ("low" in line.split("max")[1]) == (worst_deg > 0.0)
    assert int(scored) == pytest.approx(score, abs=0.6)
    assert number(tile(name, "Line score")[0]) == pytest.approx(score, abs=0.6)


@pytest.mark.parametrize("name", RAISES)
def test_the_counts_of_a_set(name: str) -> None:
    done = [f.repetition for f in record_of(name).facts if isinstance(f, RepetitionEnded)]
    counted = sum(each.counted for each in done)
    assert tile(name, "Done")[0] == f"{counted} of 30"
    assert f"{len(done) - counted} not counted" in tile(name, "Done")[1]
    reasons = Counter(code for each in done for code in each.reasons)
    for code, times in reasons.items():
        assert f"{WORDS.say(f'reason.{code}.name', 'en')} ({times}\u00d7)" in source_of(name)
    drawn = re.search(r"Attempts: (\d+)\. Counted: (\d+), not counted: (\d+)", source_of(name))
    assert drawn is not None
    assert [*map(int, drawn.groups())] == [len(done), counted, len(done) - counted]


@pytest.mark.parametrize("name", RAISES)
def test_every_figure_of_every_repetition(name: str) -> None:
    record = record_of(name)
    done = [f.repetition for f in record.facts if isinstance(f, RepetitionEnded)]
    rows = rows_of(name, "Every attempt, counted or not")
    assert len(rows) == len(done)
    for row, each in zip(rows, done, strict=True):
        assert each.top_s is not None
        assert int(row[0]) == each.number
        assert float(row[1]) == pytest.approx(each.hold_s, abs=0.051)
        assert float(row[2]) == pytest.approx(each.top_s - each.start_s, abs=0.051)
        whole_s = float(row[1]) + float(row[2]) + float(row[3])
        assert whole_s == pytest.approx(each.end_s - each.start_s, abs=0.16)
        peak_deg = float(row[4].replace("\u2212", "-"))
        assert peak_deg == pytest.approx(each.peak_deg, abs=0.51)
        assert (row[7] == "counted") == (each.reasons == ())


@pytest.mark.parametrize("name", RAISES)
def test_the_worst_bend_of_a_repetition_is_in_the_readings_of_its_top(name: str) -> None:
    """To 2.5 degrees: the neutral of a top is settled only when it is over.

    And at its edges, where the leg is at nine tenths, it is in part still that of the leg down.
    """
    record = record_of(name)
    done = [f.repetition for f in record.facts if isinstance(f, RepetitionEnded)]
    for row, each in zip(rows_of(name, "Every attempt, counted or not"), done, strict=True):
        assert each.top_s is not None
        top = [
            reading.bend_deg - reading.neutral_deg
            for reading in record.readings
            if each.top_s <= reading.t_s <= each.top_s + each.hold_s
            and reading.bend_deg is not None
            and reading.neutral_deg is not None
        ]
        worst_deg = max(map(abs, top))
        assert number(row[5]) == pytest.approx(worst_deg, abs=2.5), row


def test_the_turns_of_a_roll() -> None:
    done = [f.rotation for f in record_of("adv-log-roll").facts if isinstance(f, RotationEnded)]
    counted = sum(each.counted for each in done)
    assert tile("adv-log-roll", "Done")[0] == f"{counted} of 10"
    rows = rows_of("adv-log-roll", "Every rotation, counted or not")
    assert [number(row[2]) for row in rows] == [
        pytest.approx(each.end_s - each.start_s, abs=0.051) for each in done
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_faults_of_the_table_are_those_of_the_facts(name: str) -> None:
    analysis = recorded(name)
    rows = rows_of(name, "Faults, numbered as in the chart") if analysis.faults else []
    told = sorted((row[1], number(row[3])) for row in rows)
    facts = sorted(
        (WORDS.say(f"fault.{each.code}.name", "en"), round(each.end_s - each.start_s, 1))
        for each in analysis.faults
    )
    assert [name for name, _ in told] == [name for name, _ in facts]
    for (_, shown_s), (_, lasted_s) in zip(told, facts, strict=True):
        assert shown_s == pytest.approx(lasted_s, abs=0.051)
    seen = sum(reading.found for reading in record_of(name).readings)
    share = 100.0 * seen / len(record_of(name).readings)
    assert number(tile(name, "Seen")[0]) == pytest.approx(share, abs=1.0)
