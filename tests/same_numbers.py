"""What every output says of the same sessions, number by number: read out, to be compared.

Each output is read as its reader would have it: the text of the window's last page, the printed
pages, the lines of the table, the documents of the exports. Nothing here works anything out.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import Any

from coreline.commands.history import history_document
from coreline.commands.kept import kept_person
from coreline.data_files import load_cues, words_with
from coreline.programme.marks import marked_days
from coreline.programme.progress import Filters, history
from coreline.report.export import csv_text, json_text
from coreline.report.fhir import fhir_text
from coreline.report.form import form_of
from coreline.report.html import render_session
from coreline.report.kept import analysis_of, session_report
from coreline.report.numbers import grouped
from coreline.report.weeks import weeks_report, with_form
from coreline.report.weeks_page import weeks_page
from coreline.report.wording import Wording
from coreline.screen.stages.done import amount_of, line_of
from coreline.screen.texts import Texts
from coreline.session.view import Result
from ten_sessions import ANNA, CATALOGUE, OWN_PLAN, PROGRAMME, Kept

Said = dict[str, float | str | None]  # what each output says of one thing


@dataclass(frozen=True, slots=True)
class Compared:
    """One number of one session, as each output that has it says it."""

    session: str
    what: str
    said: Said

    @property
    def agrees(self) -> bool:
        """Say whether they all say the same, a page as far as it is printed."""
        texts = {each for each in self.said.values() if isinstance(each, str)}
        numbers = [each for each in self.said.values() if isinstance(each, float)]
        nothing = any(each is None for each in self.said.values())
        if texts or nothing:
            return not numbers and len(texts) + nothing == 1
        within = _PERCENT if self.what.endswith("%") else _PRINTED
        return max(numbers) - min(numbers) <= within


_PRINTED = 0.0501  # a page prints tenths
_PERCENT = 0.56  # whole percents there, thousandths in a document


def compare(kept: Kept) -> Iterator[Compared]:
    """Yield every number of every session."""
    outputs = _Outputs(kept)
    for name in kept.sessions:
        for what, said in outputs.of(name).items():
            yield Compared(name, what, said)


class _Outputs:
    """Reads all that is written of the sessions, once."""

    def __init__(self, kept: Kept) -> None:
        self._kept, self._journal = kept, kept.journal
        self._life = kept.journal.life(ANNA.id)
        self._texts = Texts("en", CATALOGUE.get, load_cues(), words_with(CATALOGUE))
        person = kept_person(self._journal, ANNA, PROGRAMME)
        table = "".join(csv_text(person, CATALOGUE, "en")).removeprefix("\ufeff")
        self._rows = list(csv.DictReader(io.StringIO(table)))
        self._json = json.loads("".join(json_text(person, CATALOGUE)))
        self._fhir = json.loads("".join(fhir_text(person, CATALOGUE, "en")))

    def of(self, name: str) -> Mapping[str, Said]:
        """Return what is said of a session, by what it is."""
        found: dict[str, Said] = defaultdict(dict)
        uid, day, results = self._kept.sessions[name]
        for output, said in (
            ("page", self._page(results)),
            ("journal", self._sets_kept(uid)),
            ("history", self._history(day, results)),
            ("report", self._report(uid, results)),
            ("weeks", self._weeks(day, uid, results)),
            ("table", self._table(uid)),
            ("json", self._document(uid)),
            ("fhir", self._bundle(day)),
        ):
            for what, value in said:
                found[what][output] = value
        return found

    def _page(self, results: tuple[Result, ...]) -> Iterator[tuple[str, float | str | None]]:
        """Yield what the window's last page writes beside each exercise."""
        for each in results:
            key = _key(each.exercise_id, each.side)
            done, asked = _numbers(amount_of(each, self._texts))
            yield f"{key} whole seconds done", done
            yield f"{key} asked", asked
            line = _numbers(line_of(each, self._texts))
            yield f"{key} score", line[0] if line else None
            yield f"{key} score is of %", line[1] if line else None

    def _sets_kept(self, uid: str) -> Iterator[tuple[str, float | str | None]]:
        (session,) = [each for each in self._journal.sessions(ANNA.id) if each.id == uid]
        for each in session.sets:
            key = _key(each.exercise_id, each.side, each.set_number)
            yield f"{key} done", each.done

    def _history(
        self, day: date, results: tuple[Result, ...]
    ) -> Iterator[tuple[str, float | str | None]]:
        """Yield what `coreline history --json` has of the day and of each exercise of it."""
        rules, today = PROGRAMME.pain.rules, day + timedelta(days=1)
        found = history(PROGRAMME, CATALOGUE, self._life, today, Filters(day, day))
        document = history_document(found, marked_days(found, self._life, rules, today))
        for each in document["exercises"]:
            if not any(_is(each, result) for result in results):
                continue
            key, amount = _key(each["exercise_id"], each["side"]), each["amount"]
            yield f"{key} whole seconds done", float(int(amount["held_s"] + 1e-6))
            yield f"{key} seconds done", amount["held_s"]
            yield f"{key} sets in full", float(amount["sets_whole"])
            yield f"{key} share %", _percent(each["share"])
            score = amount["line_score"]
            yield f"{key} score", None if score is None else float(round(score))
            share = amount["line_score_share"]
            yield f"{key} score is of %", None if score is None else _percent(share)
        (of_day,) = document["days"]
        yield "day share %", _percent(of_day["share"])
        yield "day became", of_day["mark"]
        amount = of_day["amount"]
        yield "day whole seconds held", float(round(amount["held_s"]))
        score = amount["line_score"]
        yield "day score", None if score is None else float(round(score))
        share = amount["line_score_share"]
        yield "day score is of %", None if score is None else _percent(share)
        for moment in ("before", "after"):
            yield f"day pain {moment}", _text(of_day["pain"][moment])

    def _report(
        self, uid: str, results: tuple[Result, ...]
    ) -> Iterator[tuple[str, float | str | None]]:
        """Yield what the printed page of the session says."""
        (session,) = [each for each in self._journal.sessions(ANNA.id) if each.id == uid]
        records = self._journal.set_records(uid)
        report = session_report(session, records, self._life, PROGRAMME)
        source = render_session(report, CATALOGUE, words_with(CATALOGUE), "en")
        text = _text_of(source)
        yield "plan by", OWN_PLAN.by if OWN_PLAN.by in text else None
        lines = re.findall(r"Set (\d) (.*?) · seen \d+ % of the time", text)
        analyses = [each for _, sides in grouped(report.analyses) for one in sides for each in one]
        for each, (number, line) in zip(analyses, lines, strict=True):
            assert int(number) == each.record.set_number
            key = _key(each.record.exercise_id, each.record.side, each.record.set_number)
            yield from _of_set(key, line)
        if len(results) == 1:
            yield from _of_summary(_key(results[0].exercise_id, results[0].side), text)

    def _weeks(
        self, day: date, uid: str, results: tuple[Result, ...]
    ) -> Iterator[tuple[str, float | str | None]]:
        """Yield what the sheet for the physiotherapist prints of a single day."""
        report = weeks_report(PROGRAMME, CATALOGUE, self._life, day + timedelta(days=1), 1)
        tried = [each for each in self._journal.set_records(uid) if each.tried]
        report = with_form(report, [form_of(analysis_of(each), day) for each in tried])
        page = weeks_page(report, CATALOGUE, Wording(words_with(CATALOGUE), "en"))
        first = f"{day.day} {day:%B}"
        (row,) = [each for each in page.bins.rows if each.cells[0].text == first]
        done, score, held, before, after = (each.text for each in row.cells[1:])
        yield "day share %", _numbers(done)[0]
        both = _numbers(score)
        yield "day score", both[0] if both else None
        yield "day score is of %", both[1] if both else None
        yield "day whole seconds held", _numbers(held)[0] if _numbers(held) else 0.0
        yield "day pain before", _known(before)
        yield "day pain after", _known(after)
        if len(results) == 1:
            key = _key(results[0].exercise_id, results[0].side)
            told = [each.cells[-1].text for each in page.exercises.rows]
            times = [_numbers(each)[0] for each in told if _numbers(each)]
            yield f"{key} times wrong", times[0] if times else 0.0
            tiring = [f"{row.cells[1].text} | {row.cells[2].text}" for row in page.tiring.rows]
            yield from _of_tiring(key, *(tiring[0].split(" | ") if tiring else ("", "")))

    def _table(self, uid: str) -> Iterator[tuple[str, float | str | None]]:
        rows = [each for each in self._rows if each["session"] == uid]
        sums: dict[str, float] = defaultdict(float)
        for row in rows:
            one = _key(row["exercise"], row["side"] or None)
            key = _key(row["exercise"], row["side"] or None, int(row["set"]))
            yield f"{key} done", float(row["done"])
            yield f"{key} in position", float(row["position_s"])
            yield f"{key} clock", float(row["clock_s"])
            yield f"{key} in line", float(row["in_line_s"])
            yield f"{key} longest", float(row["longest_s"])
            yield f"{key} let go", float(row["let_go"])
            score, share = row["line_score"], float(row["line_score_share"])
            yield f"{key} score", float(score) if score else None
            yield f"{key} whole score", float(round(float(score))) if score else None
            yield f"{key} score is of", share
            yield f"{key} score is of %", _percent(share) if score else None
            yield f"{key} no score", row["line_score_withheld"] or None
            sums[one] += float(row["done"])
            yield "plan by", row["plan_by"] or None
            for moment in ("before", "after"):
                yield f"day pain {moment}", row[f"pain_{moment}"] or None
        for one, done in sums.items():
            yield f"{one} seconds done", done

    def _document(self, uid: str) -> Iterator[tuple[str, float | str | None]]:
        (session,) = [each for each in self._json["sessions"] if each["id"] == uid]
        yield "plan by", session["plan_by"]
        for each in session["sets"]:
            key = _key(each["exercise"], each["side"], each["set"])
            yield f"{key} done", each["done"]
            held = each["held"]
            yield f"{key} in position", held["position_s"]
            yield f"{key} clock", held["clock_s"]
            yield f"{key} in line", held["in_line_s"]
            yield f"{key} longest", held["longest_s"]
            yield f"{key} let go", float(held["let_go"])
            yield f"{key} score", each["line_score"]
            yield f"{key} score is of", each["line_score_share"]
            yield f"{key} no score", each["line_score_withheld"]
        for each in session["prescribed"]:
            key = _key(each["exercise"], each["side"])
            yield f"{key} seconds done", float(sum(each["done"]))
            yield f"{key} asked", float(each["amount"] * len(each["done"]))

    def _bundle(self, day: date) -> Iterator[tuple[str, float | str | None]]:
        for entry in self._fhir["entry"]:
            resource = entry["resource"]
            period = resource.get("effectivePeriod", {})
            concept = resource.get("valueCodeableConcept")
            if concept is None or not period.get("start", "").startswith(str(day)):
                continue
            parts = {
                each["code"]["coding"][0]["code"]: _component(each)
                for each in resource["component"]
            }
            side = parts.get("side")
            number = int(str(parts["set"]).split(".", maxsplit=1)[0])
            exercise_id = concept["coding"][0]["code"]
            key = _key(exercise_id, None if side is None else str(side), number)
            yield "plan by", parts.get("plan-by")
            yield f"{key} done", parts["held"]
            yield f"{key} in position", parts["in-position"]
            yield f"{key} clock", parts["held"]
            yield f"{key} in line", parts["in-line"]
            yield f"{key} longest", parts["longest"]
            yield f"{key} let go", parts["let-go"]
            yield f"{key} score", parts.get("line-score")
            yield f"{key} no score", parts.get("line-score-withheld")
            if "line-score-share" in parts:
                yield f"{key} score is of", float(parts["line-score-share"] or 0.0) / 100.0


def _of_set(key: str, line: str) -> Iterator[tuple[str, float | str | None]]:
    """Yield what the line of a set on the page says."""
    if held := re.match(r"([\d.]+) of ([\d.]+) s held", line):
        yield f"{key} done", float(held.group(1))
    elif none := re.match(r"Nothing held: longest ([\d.]+) s, let go (\d+) times", line):
        yield f"{key} done", 0.0
        yield f"{key} longest", float(none.group(1))
        yield f"{key} let go", float(none.group(2))
    names = ("in position", "with a form that was good enough", "in line")
    for name, what in zip(names, ("in position", "clock", "in line"), strict=True):
        if found := re.search(rf"([\d.]+) s {name}", line):
            yield f"{key} {what}", float(found.group(1))
    score = re.search(r"line score (\d+) \((\d+) %\)", line)
    yield f"{key} whole score", float(score.group(1)) if score else None
    yield f"{key} score is of %", float(score.group(2)) if score else None


def _of_summary(key: str, text: str) -> Iterator[tuple[str, float | str | None]]:
    """Yield what the first line and the tiles of a report of one exercise say."""
    if done := re.search(r"Done (\d+) of \d+ sets of those prescribed, in full; (\d+) %", text):
        yield f"{key} sets in full", float(done.group(1))
        yield f"{key} share %", float(done.group(2))
    if held := re.search(r"; (\d+) of (\d+) s held", text):
        yield f"{key} whole seconds done", float(held.group(1))
        yield f"{key} asked", float(held.group(2))
    score = re.search(r"Line score (\d+) of 100 over (\d+) %", text)
    yield f"{key} score", float(score.group(1)) if score else None
    yield f"{key} score is of %", float(score.group(2)) if score else None
    wrong = re.search(r"To improve next: .*?(?:(\d+) times|: (once))", text)
    yield f"{key} times wrong", float(wrong.group(1) or 1) if wrong else 0.0
    tiring = [
        re.search(rf"{first} → {last}: (.*?)\.(?: |$)", text)
        for first, last in (("First third of a set", "last third"), ("First set", "last set"))
    ]
    yield from _of_tiring(key, *(each.group(1) if each else "" for each in tiring))
    if pain := re.search(r"Pain, before → after (not noted|\d+) → (not noted|\d+)", text):
        for moment, shown in zip(("before", "after"), pain.groups(), strict=True):
            yield f"day pain {moment}", None if shown == "not noted" else shown


def _of_tiring(key: str, within: str, over: str) -> Iterator[tuple[str, float | str | None]]:
    """Yield the line of the thirds of a set, and what was held in the first set and the last."""
    lines = r"line (\d+°(?: \w+)?) → (\d+°(?: \w+)?)"
    line = re.search(lines, within.replace("\u00a0", " "), re.IGNORECASE)
    yield f"{key} line of the first third", line.group(1) if line else None
    yield f"{key} line of the last third", line.group(2) if line else None
    held = re.search(r"held ([\d.]+) → ([\d.]+)", over, re.IGNORECASE)
    yield f"{key} first set", float(held.group(1)) if held else None
    yield f"{key} last set", float(held.group(2)) if held else None


def _text_of(source: str) -> str:
    """Return what is to be read on a page."""
    bare = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>", " ", source, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(bare))


def _known(text: str) -> str | None:
    return text if text[0].isdecimal() else None


def _key(exercise_id: str, side: str | None, set_number: int | None = None) -> str:
    key = f"{exercise_id} {side}" if side else exercise_id
    return key if set_number is None else f"{key} set {set_number}"


def _is(each: Mapping[str, Any], result: Result) -> bool:
    return (each["exercise_id"], each["side"]) == (result.exercise_id, result.side)


def _numbers(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"\d+(?:\.\d+)?", text)]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100.0 * share


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _component(part: Mapping[str, Any]) -> float | str | None:
    if "valueQuantity" in part:
        return float(part["valueQuantity"]["value"])
    if "valueInteger" in part:
        return float(part["valueInteger"])
    if "valueCodeableConcept" in part:
        return str(part["valueCodeableConcept"]["coding"][0]["code"])
    return str(part["valueString"])
