"""Time and size of the reports: a very large session, and years of sessions.

python benchmarks/report.py [--years 2]

The session is 16 exercises of 180 repetitions each (6 sets of 30, two minutes of frames a set at 15
a second, a third of them refused). The years are lives in which every set of every day was done,
but for every seventh day. Processor time, so that a busy machine does not count.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from coreline.body.measures import Side
from coreline.data_files import load_catalogue, load_programme, load_words
from coreline.judging.events import Fault, Phase, Reading, Repetition, State
from coreline.limits import LAST_DAY
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import LANGUAGES
from coreline.programme.life import Life, PainMoment, PainNoted, Profile, SetDone
from coreline.programme.schedule import day_plan
from coreline.report.export import KeptPerson, KeptSession, csv_text, json_text
from coreline.report.fhir import fhir_text
from coreline.report.html import render_session
from coreline.report.model import Analysis, SessionReport, Source
from coreline.report.weeks import weeks_report
from coreline.report.weeks_page import render_weeks
from coreline.session.record import SetRecord

START = date(2026, 1, 1)
FPS, SET_S = 15, 120
SOURCE = Source("", 0, 0, 0.0, SET_S, None, FPS * SET_S, 1.0)


def a_set() -> Analysis:
    """Return a set of thirty repetitions, ten of them refused."""
    repetitions = []
    for number in range(1, 31):
        start_s, reasons = 4.0 * number, ("too_short", "line_broken") if number % 3 == 0 else ()
        repetitions.append(
            Repetition(
                *(number, start_s, start_s + 0.5, start_s + 3.6, 2.4, not reasons, reasons, 40.0),
                *(1.0, -2.0, 175.0, 88.0),
            )
        )
    faults = tuple(Fault("sag", 12.0 * n, 12.0 * n + 1.5) for n in range(1, 11))
    readings = [
        Reading(t / FPS, True, 7.0 + 4.0 * ((t % 60) / 30.0 - 1.0), 7.0, 0.0, 178.0, phase, state)
        for t, phase, state in ((t, Phase.TOP, State.GOOD) for t in range(FPS * SET_S))
    ]
    record = SetRecord("", Side.LEFT, 1, Side.LEFT, 7.0, readings=readings)
    return Analysis(record, SOURCE, 88.0, (), tuple(repetitions), (), faults)


def a_large_session() -> tuple[SessionReport, Catalogue]:
    """Return sixteen exercises of 180 repetitions, and the catalogue that has them."""
    raises = load_catalogue().get("w56-belly-bridge")
    sixteen = [raises.model_copy(update={"id": f"raise-{n}", "place": n}) for n in range(1, 17)]
    one = a_set()
    sets = tuple(
        replace(
            one,
            record=replace(
                one.record,
                exercise_id=exercise.id,
                side=side,
                near_side=side,
                set_number=number,
            ),
        )
        for exercise in sixteen
        for side in Side
        for number in (1, 2, 3)
    )
    return SessionReport(sets, person="Anna", day=START), Catalogue(sixteen, [raises.level])


def a_life(days: int) -> Life:
    """Return a life in which everything was done, but for every seventh day."""
    life = Life(Profile("a", "Anna", "nl", START, asked_from=LAST_DAY))  # the weeks move her
    programme, catalogue = load_programme(), load_catalogue()
    sets: list[SetDone] = []
    pains: list[PainNoted] = []
    for number in range(days):
        day = START + timedelta(days=number)
        if number % 7 == 6:
            continue
        for item in day_plan(programme, catalogue, life, day).items:
            amount = item.prescribed
            sets += [
                SetDone(day, item.exercise_id, item.side, n, amount, amount, 88.0)
                for n in range(1, item.sets + 1)
            ]
        pains.append(PainNoted(day, PainMoment.BEFORE, 3))
    return replace(life, sets=tuple(sets), pains=tuple(pains))


def timed(make: Callable[[], str]) -> tuple[float, int]:
    """Return the processor seconds of making a text, and its bytes."""
    start_s = time.process_time()
    text = make()
    return time.process_time() - start_s, len(text.encode("utf-8"))


def said(what: str, figures: tuple[float, int]) -> None:
    """Print one line."""
    used_s, size = figures
    print(f"{what:48} {used_s:7.2f} s {size / 1e6:8.3f} MB")


def main() -> None:
    """Print time and size of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=float, default=2.0)
    chosen = parser.parse_args()
    words, report = load_words(), a_large_session()
    for language in LANGUAGES:
        made = timed(partial(render_session, *report, words, language))
        said(f"16 exercises x 180 repetitions, {language}", made)
    days = round(365.25 * chosen.years)
    life, programme, catalogue = a_life(days), load_programme(), load_catalogue()
    today = START + timedelta(days=days - 1)

    def weeks() -> str:
        found = weeks_report(programme, catalogue, life, today, days // 7 + 1)
        return render_weeks(found, catalogue, words, "nl")

    said(f"{chosen.years:g} years of sessions on one page", timed(weeks))
    kept = KeptSession("s", datetime(2026, 1, 1, 18, 0, tzinfo=UTC), None, report[0])
    person = KeptPerson("a", "Anna", report[1].ids, (kept,), life.pains)
    said("the large session as a table", timed(lambda: "".join(csv_text(person, report[1], "nl"))))
    said("as JSON, with the years' pain", timed(lambda: "".join(json_text(person, report[1]))))
    said("as FHIR", timed(lambda: "".join(fhir_text(person, report[1], "nl"))))


if __name__ == "__main__":
    main()
