"""In words: what came to nothing, what was waited for, how sure the line is, how it was seen."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from coreline.commands.set_summary import summary_lines
from coreline.data_files import load_cues, load_programme
from coreline.files.recordings import load_trace
from coreline.journal.database import memory_journal
from coreline.judging.events import Fault, FaultEnded, Hold, HoldEnded, LetGo
from coreline.judging.ready import Try, Unmet
from coreline.placement.view import CutOff, Hindrance, Limb, SetVisibility
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.rule_values import REASON_CODES
from coreline.report.html import render
from coreline.report.kept import session_report
from coreline.report.model import Analysis, analyse, as_json
from coreline.report.numbers import attempts, done, most_frequent, refusals, seconds
from coreline.report.seen import confidence_of, view_sentences
from coreline.report.settled import settled
from coreline.report.waited import measure_name, tries_sentence, waiting_sentence
from coreline.report.wording import Wording
from coreline.session.blocks import Block
from coreline.session.record import SetRecord
from coreline.session.session import Session
from journal_values import ANNA, keep_session
from judged_recordings import RECORDINGS
from report_records import (
    CATALOGUE,
    PLANK,
    RAISES,
    SOURCE,
    WORDS,
    a_hold,
    a_plank,
    a_reading,
    an_analysis,
    changed,
    recorded,
)

W = {language: Wording(WORDS, language) for language in LANGUAGES}
LOW = Unmet("over", 8.3, 0.83, 7.1, 10.0, "fix.hips_up")
WAITED: dict[str, Any] = {"waited_s": 10.0, "unmet": (LOW,)}
RESTLESS = Hold(0.0, 10.8, 0.0, None, None, 1.0, None, (), ("unsteady",))
TRIED = Hold(12.0, 12.6, 0.0, None, None, 1.0, None, (), ("too_low",))


def page(analysis: Analysis, language: Language = "en") -> str:
    source = render([analysis], CATALOGUE, WORDS, language)
    bare = re.sub(r"<style>.*?</style>|<[^>]*>", " ", source, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(bare))


def printed(analysis: Analysis) -> str:
    lines = summary_lines(analysis, CATALOGUE.get(analysis.record.exercise_id))
    return "\n".join(lines).replace("\u00a0", " ")


def judged_as(exercise_id: str, recording: str) -> SetRecord:
    """Judge the recording of one exercise as if it were another."""
    session = Session([Block(CATALOGUE.get(exercise_id))], load_cues(), open_ended=True)
    t_s = 0.0
    for t_s, pose in load_trace(RECORDINGS / f"{recording}.landmarks.npz"):
        session.step(t_s, pose)
    session.finish(t_s)
    return session.records[0]


# What was waited for


def test_what_was_never_reached_is_said_in_plain_words() -> None:
    analysis = an_analysis(PLANK, **WAITED)
    exercise = CATALOGUE.get(PLANK)
    assert waiting_sentence(analysis, exercise, W["en"]).replace("\u00a0", " ") == (
        "The position was never held: the height of the hips above the line between the supports"
        " was 7.1 % of the body's length on average, at least 10 % is asked"
        " (missed for 83 % of the time waited)."
    )
    assert waiting_sentence(analysis, exercise, W["nl"]).replace("\u00a0", " ") == (
        "De houding is niet vastgehouden: de hoogte van je heupen boven de lijn tussen de"
        " steunpunten was gemiddeld 7,1 % van je lichaamslengte, minstens 10 % is gevraagd"
        " (83 % van de wachttijd niet gehaald)."
    )
    for language in LANGUAGES:
        sentence = waiting_sentence(analysis, exercise, W[language])
        assert re.sub(r"\s+", " ", sentence) in page(analysis, language)
    assert "The position was never held: the height of the hips" in printed(analysis)


def test_a_real_set_of_another_exercise_says_what_it_lacked() -> None:
    record = judged_as("w12-side-bridge", PLANK)
    assert not any(isinstance(fact, HoldEnded) and not fact.hold.reasons for fact in record.facts)
    analysis = analyse(record, SOURCE)
    text = printed(analysis)
    assert "The position was never held: " in text
    assert "the height of the upper shoulder above the lower one" in text
    assert analysis.record.unmet[0].share > 0.9
    waiting = as_json(analysis)["waiting"]
    assert waiting["seconds"] == pytest.approx(record.waited_s, abs=1e-3)
    assert set(waiting["unmet"][0]) == {"measure", "seconds", "share", "seen", "asked"}


def test_a_value_too_high_is_asked_to_be_lower_and_one_that_just_missed_is_not_the_limit() -> None:
    unmet = Unmet("bend", 9.0, 0.9, 24.04, 24.0, None)
    analysis = an_analysis(PLANK, waited_s=10.0, unmet=(unmet,))
    sentence = waiting_sentence(analysis, CATALOGUE.get(PLANK), W["en"])
    assert "24.04° on average, at most 24° is asked" in sentence.replace("\u00a0", " ")


def test_nothing_is_said_where_most_of_it_counted() -> None:
    held = an_analysis(PLANK, holds=(a_hold(),), **WAITED)
    assert waiting_sentence(held, CATALOGUE.get(PLANK), W["en"]) == ""
    long = changed(held, waited_s=21.0)
    sentence = waiting_sentence(long, CATALOGUE.get(PLANK), W["en"]).replace("\u00a0", " ")
    assert sentence.startswith("For 21.0 s nothing counted: the height of the hips")
    assert sentence.replace("\u00a0", " ") in page(long)
    brief = an_analysis(PLANK, waited_s=0.5, unmet=(LOW,))
    assert waiting_sentence(brief, CATALOGUE.get(PLANK), W["en"]) == ""


@pytest.mark.parametrize(
    ("waiting", "said"),
    [
        ({"waited_unseen_s": 8.0}, "you were not seen for 80 % of the time waited"),
        ({}, "it was reached, but not held still"),
        ({"unmet": (replace(LOW, share=0.05),)}, "it was reached, but not held still"),
    ],
)
def test_out_of_sight_and_restless_are_reasons_too(waiting: dict[str, Any], said: str) -> None:
    analysis = an_analysis(PLANK, waited_s=10.0, **waiting)
    sentence = waiting_sentence(analysis, CATALOGUE.get(PLANK), W["en"])
    assert sentence.replace("\u00a0", " ") == f"The position was never held: {said}."


def test_every_reading_of_the_programme_has_plain_words() -> None:
    for exercise in map(CATALOGUE.get, CATALOGUE.ids):
        names = exercise.judging.measures if exercise.judging else ()
        for name in names:
            for language in LANGUAGES:
                assert measure_name(name, W[language]) != name, (exercise.id, name)
    assert measure_name("my_own_angle", W["nl"]) == "my_own_angle"


# What was tried


def test_every_try_is_listed_with_its_reason() -> None:
    tries = (
        Try(3.0, 3.6, "too_low", "over", 7.1, 10.0, 0.9, "fix.hips_up"),
        Try(12.4, 13.0, "unsteady"),
    )
    analysis = an_analysis(RAISES, tries=tries)
    exercise = CATALOGUE.get(RAISES)
    assert tries_sentence(analysis, exercise, W["en"]).replace("\u00a0", " ") == (
        "Tried without getting there: at 0:03 not high enough (the height of the hips above the"
        " line between the supports was 7.1 % of the body's length on average, at least 10 % is"
        " asked); at 0:12 too restless."
    )
    assert "op 0:12 te onrustig." in tries_sentence(analysis, exercise, W["nl"])
    assert tries_sentence(an_analysis(RAISES), exercise, W["en"]) == ""
    for text in (page(analysis), printed(analysis)):
        assert "at 0:12 too restless" in text
    assert as_json(analysis)["attempts"] == [
        {
            "start_s": 3.0,
            "end_s": 3.6,
            "reason": "too_low",
            "measure": "over",
            "seen": 7.1,
            "asked": 10.0,
            "share": 0.9,
        },
        {
            "start_s": 12.4,
            "end_s": 13.0,
            "reason": "unsteady",
            "measure": None,
            "seen": None,
            "asked": None,
            "share": 1.0,
        },
    ]


def test_of_many_tries_the_first_are_told() -> None:
    tries = tuple(Try(float(n), n + 0.5, "too_short") for n in range(9))
    sentence = tries_sentence(an_analysis(RAISES, tries=tries), CATALOGUE.get(RAISES), W["en"])
    assert sentence.count("held too short") == 6
    assert sentence.endswith("and 3 more.")


@pytest.mark.parametrize("code", REASON_CODES)
def test_every_reason_is_worded(code: str) -> None:
    for language in LANGUAGES:
        assert W[language].code("reason", code) != code
        assert W[language].word(f"reason.{code}.correction")


# A hold that was none


def test_a_refused_hold_is_listed_and_counts_for_nothing() -> None:
    hold = a_hold(20.0, 50.0)
    analysis = an_analysis(PLANK, holds=(RESTLESS, TRIED, hold), neutral_deg=1.0)
    assert analysis.held == (hold,)
    assert attempts(analysis) == (hold,)
    assert seconds(analysis).clock_s == done(analysis) == pytest.approx(30.0)
    assert seconds(analysis).in_line_s == hold.in_line_s
    assert refusals([analysis]) == [("unsteady", 1), ("too_low", 1)]
    text = page(analysis)
    assert "30 of 30 s held: 30.0 s in position, 30.0 s with a form that was good enough" in text
    assert "(this counts), 24.0 s in line" in text
    assert "1 0:00.0 10.8 s 0.0 s \u2013 100 % not counted too restless" in text
    assert "No score for" not in text
    assert "niet geteld te onrustig" in page(analysis, "nl")
    assert "attempt at 0.0 s: 10.8 s, no hold: too restless" in printed(analysis)
    (first, *_) = as_json(analysis)["holds"]
    assert (first["reasons"], first["in_line_s"], first["line_score"]) == (["unsteady"], 0.0, None)


def test_only_refused_holds_are_nothing_done_and_the_reason_is_what_to_correct() -> None:
    fault = Fault("sag", 2.0, 3.0)
    restless = replace(RESTLESS, faults=(fault,))
    analysis = an_analysis(PLANK, holds=(restless,), faults=(fault,))
    trouble = most_frequent([analysis])
    assert trouble is not None
    assert (trouble.table, trouble.code, trouble.times) == ("reason", "unsteady", 1)
    text = page(analysis)
    assert "Nothing 1 attempt, it did not become a hold" in text
    assert "Hold the position still instead of moving in it." in text
    assert "2 attempts, none of them became a hold" in page(
        an_analysis(PLANK, holds=(RESTLESS, TRIED))
    )
    assert "nothing counted: no attempt became a hold" in printed(analysis)
    assert seconds(analysis).position_s == 0.0


def test_what_was_tried_before_a_good_hold_is_not_what_to_correct() -> None:
    analysis = an_analysis(PLANK, holds=(TRIED, a_hold(20.0, 50.0)))
    assert most_frequent([analysis]) is None
    assert "Nothing to improve: keep going." in page(analysis)


def test_a_set_that_was_only_tried_is_in_the_report_of_its_session() -> None:
    tried = judged_as("w12-pelvic-curl", "w12-belly-bridge")
    tried.tries = (Try(3.0, 3.6, "too_low"),)
    tried.facts = [HoldEnded(3.6, replace(TRIED, start_s=3.0, end_s=3.6))]
    tried.near_side = None
    nothing = SetRecord("w56-crunch", None, 1)
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(ANNA)
        session_id = keep_session(journal, [tried, nothing])
        (kept,) = journal.sessions(ANNA.id)
        records = journal.set_records(session_id)
        report = session_report(kept, records, journal.life(ANNA.id), load_programme())
    (analysis,) = report.analyses
    assert analysis.record.tries == tried.tries
    assert [hold.reasons for hold in analysis.holds] == [("too_low",)]
    assert attempts(analysis) == ()


def test_a_line_let_go_is_a_fault_between_two_holds() -> None:
    record = SetRecord(PLANK, None, 1)
    fault = Fault("sag", 11.0, 13.0)
    late = Fault("not_seen", 14.0, 15.0)
    record.facts += [
        HoldEnded(11.0, a_hold(1.0, 11.0)),
        LetGo(13.5, fault),
        FaultEnded(15.0, late),
        HoldEnded(30.0, a_hold(13.0, 30.0)),
    ]
    assert analyse(record, SOURCE).faults == (fault, late)


# How sure the line is


@pytest.mark.parametrize(
    ("sd_deg", "said", "printed_too"),
    [
        (1.2, "reads \u22127.0° here, sure to ± 1.2°", "your own line: \u22127.0°, sure to ± 1.2°"),
        (5.0, "line is not yet sure (± 5.0°)", "your own line: \u22127.0°, not yet sure (± 5.0°)"),
    ],
)
def test_how_sure_the_own_line_is(sd_deg: float, said: str, printed_too: str) -> None:
    analysis = an_analysis(PLANK, holds=(a_hold(),), neutral_deg=-7.0, neutral_sd_deg=sd_deg)
    assert said in page(analysis)
    assert printed_too in printed(analysis)
    assert as_json(analysis)["neutral_sd_deg"] == sd_deg


def test_a_line_of_which_nobody_knows_how_sure_it_is() -> None:
    analysis = an_analysis(PLANK, holds=(a_hold(),), neutral_deg=-7.0)
    assert "Your own neutral line reads \u22127.0° here; everything" in page(analysis)
    assert "Je eigen lijn is nog niet zeker (± 5,0°)" in page(
        changed(analysis, neutral_sd_deg=5.0), "nl"
    )


def test_a_hold_is_drawn_from_the_line_as_it_was_known_at_last() -> None:
    early, late = (
        [replace(a_reading(t_s, 4.0), neutral_deg=n) for t_s in times_s]
        for n, times_s in ((20.0, (0.0, 1.0)), (7.0, (2.0, 3.0)))
    )
    analysis = an_analysis(
        PLANK, neutral_deg=6.5, holds=(a_hold(0.5, 2.0),), readings=[*early, *late]
    )
    assert [each.neutral_deg for each in settled(analysis)] == [20.0, 6.5, 6.5, 7.0]
    two = replace(analysis, holds=(a_hold(0.5, 1.0), a_hold(2.0, 2.5)))
    assert [each.neutral_deg for each in settled(two)] == [20.0, 20.0, 6.5, 7.0]
    assert list(settled(replace(analysis, holds=()))) == analysis.record.readings
    assert settled(a_plank())[0].neutral_deg == 7.0


# How it was seen

SEEN = {
    Hindrance.OBLIQUE: (
        SetVisibility(yaw_deg=-27.4, width_share=0.5),
        "The camera stood about 27° askew to your body (read to ± 7°)",
        "De camera stond ongeveer 27° scheef op je lichaam (gemeten op ± 7°)",
    ),
    Hindrance.FAR_AWAY: (
        SetVisibility(yaw_deg=0.0, width_share=0.349),
        "You filled 34 % of the picture's width, 35 % is asked.",
        "Je vulde 34 % van de breedte van het beeld, 35 % is gevraagd.",
    ),
    Hindrance.CUT_OFF: (
        SetVisibility(0.0, 0.5, (CutOff(Limb.LEFT_ARM, 0.4), CutOff(Limb.HEAD, 0.1))),
        "Outside the picture: left arm (40 % of the time).",
        "Buiten beeld: linkerarm (40 % van de tijd).",
    ),
    Hindrance.LEGS_BEHIND: (
        SetVisibility(0.0, 0.5, leg_behind=True),
        "The leg that works was behind the other one: count and hold are judged",
        "Het been dat werkt, lag achter het andere: de telling en het vasthouden zijn beoordeeld",
    ),
    Hindrance.SECOND_PERSON: (
        SetVisibility(0.0, 0.5, persons=2),
        "2 people were seen at once",
        "Er waren 2 mensen tegelijk te zien",
    ),
    Hindrance.BLURRED: (
        SetVisibility(0.0, 0.5, blurred=0.41),
        "The picture was blurred for 41 % of the time",
        "Het beeld was 41 % van de tijd wazig",
    ),
}


@pytest.mark.parametrize("name", Hindrance)
def test_what_hinders_is_said_once_with_its_number_and_lowers_how_sure(name: Hindrance) -> None:
    view, english, dutch = SEEN[name]
    analysis = an_analysis(PLANK, holds=(a_hold(),), view=view)
    text = page(analysis)
    assert text.count(english) == 1
    assert page(analysis, "nl").count(dutch) == 1
    assert "Seen as it was, that becomes: less sure." in text
    assert f"\u00d7 30 seconds · {WORDS.say('confidence.medium', 'en')} ·" in text
    assert english in printed(analysis)
    assert "that becomes: less sure" in printed(analysis)
    assert as_json(analysis)["view"]["hindrances"] == [name]


def test_of_several_sets_the_worst_number_is_said_once() -> None:
    exercise = CATALOGUE.get(PLANK)
    views = (SetVisibility(24.0, 0.5), SetVisibility(-31.0, 0.5), SetVisibility(2.0, 0.5), None)
    sets = [an_analysis(PLANK, holds=(a_hold(),), view=view) for view in views]
    (sentence,) = view_sentences(sets, W["en"])
    assert "about 31°" in sentence
    assert exercise.confidence == "high"
    assert confidence_of(exercise, sets) == "medium"
    assert list(view_sentences(sets[2:], W["en"])) == []


def test_a_picture_on_its_head_is_said() -> None:
    analysis = an_analysis(PLANK, view=SetVisibility(upside_down=True))
    assert "The picture stands on its head." in page(analysis)


def test_a_real_set_knows_how_it_was_seen_and_on_what_it_was_done() -> None:
    analysis = recorded(RAISES)
    document = json.loads(json.dumps(as_json(analysis)))
    assert document["place"] == "floor"
    assert document["view"]["hindrances"] == []
    assert document["view"]["leg_behind"] is False
    assert "Done on the floor." in page(analysis)
    assert "Gedaan op de grond." in page(analysis, "nl")
    view = recorded(PLANK).record.view
    assert view is not None
    assert view.leg_behind is None
    on_ball = an_analysis(PLANK, place="ball", holds=(a_hold(),))
    assert "Done on the ball." in page(on_ball)


def test_people_counted_elsewhere_are_part_of_the_view() -> None:
    record = SetRecord(PLANK, None, 1, view=SetVisibility(yaw_deg=1.0))
    alone, helped = analyse(record, SOURCE, 1), analyse(record, SOURCE, 2)
    assert alone.record.view is not None
    assert alone.record.view.hindrances == ()
    assert helped.record.view is not None
    assert helped.record.view.hindrances == (Hindrance.SECOND_PERSON,)
    assert analyse(record, SOURCE).record.view == record.view
    assert analyse(replace(record, view=None), SOURCE, 2).record.view is None
