"""Everything that was kept of a person as a FHIR R4 bundle, for the systems of a practice.

Observations have the LOINC codes 73985-4 (exercise activity), 55411-3 (exercise duration) and
72514-3 (pain severity), this one beside our own; all else is in a code system of our own, which the
bundle brings along. Pure: the same sessions give the
same bytes, session by session.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.life import PainNoted, Skipped
from coreline.report.export import KeptPerson, KeptSession, plan_by
from coreline.report.json_text import text_in_pieces
from coreline.report.model import Analysis
from coreline.report.numbers import counted, seconds, set_score, worst_bend_deg

Resource = dict[str, Any]

LOINC: Final = "http://loinc.org"
ACTIVITY: Final = ("73985-4", "Exercise activity")
DURATION: Final = ("55411-3", "Exercise duration")
PAIN: Final = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
# The names of what is ours; any fixed UUID will do.
LOCAL: Final = "urn:uuid:2f7c2a46-6f0b-5e0e-9d5a-4f6d0a3a7c11"
PERSONS: Final = "urn:uuid:8d3f6f02-1b2f-5c6f-8f52-0d1c5b7c9e24"
_SPACE = uuid.UUID("5a1de9b5-6c38-5f9e-a4c3-92f5b7b1e0d3")
_UCUM = "http://unitsofmeasure.org"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_UNITS = {"hold": ("s", "s"), "raises": ("1", "repetitions"), "roll": ("1", "rotations")}
_CODES: Mapping[str, str] = {
    "side": "Side that was trained",
    "left": "Left",
    "right": "Right",
    "set": "Number of the set",
    "asked": "What the set asks for: seconds, repetitions or rotations",
    "plan-by": "Whose plan it follows in place of the handout",
    "in-position": "Time in position",
    "held": "Time of the clock: in position, with a form that is good enough; what is done",
    "in-line": "Time in position with the body in its own line",
    "longest": "Longest single stay in position",
    "let-go": "Times that the position was left before the set was whole",
    "repetitions": "Repetitions that counted",
    "rotations": "Rotations that counted",
    "line-score": "Line score, 100 = in the person's own line all the time",
    "line-score-share": "Share of the asked work that the line score is of",
    "line-score-withheld": "Why there is no line score",
    "bend-worst": "Largest change of the body line, + = hip toward the floor",
    "pain": "Pain, 0 to 10, as the person says",
    "pain-moment": "When the person was asked",
    "pain-place": "Where it hurts",
    "exercise": "Exercise in which it hurt",
    "skipped": "Exercise left out",
    "for-pain": "Left out for pain",
}


def fhir_text(person: KeptPerson, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield the bundle; the person's name is left out, their id is the pseudonym."""
    writer = _Writer(person, catalogue, language)
    resources = chain((writer.code_system(), writer.patient()), writer.observations())
    entries = (
        {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources
    )
    yield from text_in_pieces({"resourceType": "Bundle", "type": "collection", "entry": entries})


class _Writer:
    """Makes the resources of one person."""

    def __init__(self, person: KeptPerson, catalogue: Catalogue, language: Language) -> None:
        self._person, self._catalogue, self._language = person, catalogue, language
        self._patient = _id("person", person.id)

    def code_system(self) -> Resource:
        """Return our own codes, the exercises that were done among them."""
        codes = [{"code": code, "display": shown} for code, shown in _CODES.items()]
        codes += [
            {"code": each, "display": self._catalogue.get(each).name.in_(self._language)}
            for each in self._person.exercises
        ]
        return {
            "resourceType": "CodeSystem",
            "id": _id("codes"),
            "url": LOCAL,
            "name": "Coreline",
            "status": "active",
            "content": "complete",
            "concept": codes,
        }

    def patient(self) -> Resource:
        """Return the person, by pseudonym alone."""
        identifier = {"system": PERSONS, "value": self._person.id}
        return {"resourceType": "Patient", "id": self._patient, "identifier": [identifier]}

    def observations(self) -> Iterable[Resource]:
        """Yield sessions, sets, pain and what was left out, each in order of time."""
        for session in self._person.sessions:
            yield from self._session(session)
        for number, pain in enumerate(self._person.pains):
            yield self._pain(number, pain)
        for number, skip in enumerate(self._person.skips):
            yield self._skip(number, skip)

    def _session(self, session: KeptSession) -> Iterable[Resource]:
        if session.ended_at is not None:
            lasted_s = (session.ended_at - session.started_at).total_seconds()
            yield {
                **self._observation(_id("duration", session.id), _coding(LOINC, *DURATION)),
                **_when(session),
                "valueQuantity": _quantity(max(lasted_s, 0.0) / 60.0, "min", "min"),
            }
        for number, analysis in enumerate(session.report.analyses):
            yield self._set(session, number, analysis)

    def _set(self, session: KeptSession, number: int, analysis: Analysis) -> Resource:
        place = f"{session.id} {number}"
        resource = self._observation(_id("set", place), _coding(LOINC, *ACTIVITY))
        exercise = self._catalogue.get(analysis.record.exercise_id)
        name = exercise.name.in_(self._language)
        concept = {"coding": [_coding(LOCAL, analysis.record.exercise_id, name)], "text": name}
        parts = list(_components(analysis, exercise.machine))
        if (by := plan_by(session.report)) is not None:
            parts.append(_component("plan-by", {"valueString": by}))
        return {**resource, **_when(session), "valueCodeableConcept": concept, "component": parts}

    def _pain(self, number: int, noted: PainNoted) -> Resource:
        place = f"{self._person.id} {noted.day} {number}"
        parts = [_component("pain-moment", {"valueString": noted.moment.value})]
        parts += [_component("pain-place", {"valueString": each.value}) for each in noted.places]
        if noted.exercise_id is not None:
            parts.append(_component("exercise", {"valueString": noted.exercise_id}))
        return {
            **self._observation(_id("pain", place), _local("pain"), _coding(LOINC, *PAIN)),
            "effectiveDateTime": noted.day.isoformat(),
            "valueInteger": noted.score,
            "component": parts,
        }

    def _skip(self, number: int, skip: Skipped) -> Resource:
        place = f"{self._person.id} {skip.day} {number}"
        parts = [_component("for-pain", {"valueBoolean": skip.for_pain})]
        if skip.side is not None:
            parts.append(_component("side", _side(skip.side)))
        return {
            **self._observation(_id("skip", place), _local("skipped")),
            "effectiveDateTime": skip.day.isoformat(),
            "valueString": skip.exercise_id,
            "component": parts,
        }

    def _observation(self, observation_id: str, *codes: Resource) -> Resource:
        return {
            "resourceType": "Observation",
            "id": observation_id,
            "status": "final",
            "category": [{"coding": [_coding(_CATEGORY, "activity", "Activity")]}],
            "code": {"coding": list(codes)},
            "subject": {"reference": f"urn:uuid:{self._patient}", "type": "Patient"},
        }


def _components(analysis: Analysis, machine: str) -> Iterable[Resource]:
    """Yield what was measured in a set; what is not known is left out."""
    if analysis.record.side is not None:
        yield _component("side", _side(analysis.record.side))
    yield _component("set", {"valueInteger": analysis.record.set_number})
    asked = _quantity(analysis.record.prescribed, *_UNITS[machine])
    yield _component("asked", {"valueQuantity": asked})
    if machine == "hold":
        held = seconds(analysis)
        three = {"in-position": held.position_s, "held": held.clock_s, "in-line": held.in_line_s}
        for code, length_s in {**three, "longest": held.longest_s}.items():
            yield _component(code, {"valueQuantity": _quantity(length_s, "s", "s")})
        yield _component("let-go", {"valueInteger": held.let_go})
    elif machine == "raises":
        yield _component("repetitions", {"valueInteger": counted(analysis)})
    else:
        yield _component("rotations", {"valueInteger": counted(analysis)})
    score = set_score(analysis)
    if score.value is not None:
        of_100 = _quantity(score.value, "{score}", "of 100")
        yield _component("line-score", {"valueQuantity": of_100})
        share = _quantity(100.0 * score.share, "%", "%")
        yield _component("line-score-share", {"valueQuantity": share})
    elif machine != "roll":
        yield _component("line-score-withheld", {"valueString": str(score.withheld)})
    worst_deg = worst_bend_deg([analysis])
    if worst_deg is not None:
        yield _component("bend-worst", {"valueQuantity": _quantity(worst_deg, "deg", "degrees")})


def _when(session: KeptSession) -> Resource:
    period = {"start": session.started_at.isoformat(timespec="seconds")}
    if session.ended_at is not None:
        period["end"] = max(session.ended_at, session.started_at).isoformat(timespec="seconds")
    return {"effectivePeriod": period}


def _component(code: str, value: Resource) -> Resource:
    return {"code": {"coding": [_local(code)]}, **value}


def _side(side: str) -> Resource:
    return {"valueCodeableConcept": {"coding": [_local(side)]}}


def _local(code: str) -> Resource:
    return _coding(LOCAL, code, _CODES[code])


def _coding(system: str, code: str, shown: str) -> Resource:
    return {"system": system, "code": code, "display": shown}


def _quantity(value: float, code: str, unit: str) -> Resource:
    return {"value": round(value, 2) + 0.0, "unit": unit, "system": _UCUM, "code": code}


def _id(*parts: str) -> str:
    """Return the id of a resource, the same in every export."""
    return str(uuid.uuid5(_SPACE, " ".join(parts)))
