"""A check that hangs, crashes or takes its process down is a finding, and the others go on."""

import multiprocessing
import os
import time
from functools import partial

from coreline.doctor.apart import examine
from coreline.doctor.finding import Finding, Severity, SystemCheck, Topic
from coreline.doctor.machine import check_python

GOOD = SystemCheck(Topic.PYTHON, check_python, 20.0)


def test_findings_come_in_order() -> None:
    found = list(examine([GOOD, GOOD]))
    assert [each.code for each in found] == ["runs_on", "runs_on"]
    assert found[0].values["python"]


def test_what_crashes_is_a_finding_and_the_next_check_is_still_done() -> None:
    dies = SystemCheck(Topic.POSE, partial(os._exit, 3), 20.0)
    aborts = SystemCheck(Topic.SOUND, os.abort, 20.0)
    raises = SystemCheck(Topic.CLOCK, partial(int, "one"), 20.0)  # type: ignore[arg-type]
    found = list(examine([GOOD, dies, raises, aborts, GOOD]))
    assert [(each.topic, each.code) for each in found] == [
        (Topic.PYTHON, "runs_on"),
        (Topic.POSE, "crashed"),
        (Topic.CLOCK, "crashed"),
        (Topic.SOUND, "crashed"),
        (Topic.PYTHON, "runs_on"),
    ]
    assert found[1].values["said"] == "exit code 3"
    assert str(found[2].values["said"]).startswith("ValueError: invalid literal")
    assert "-6" in str(found[3].values["said"])
    assert multiprocessing.active_children() == []


def test_a_check_that_hangs_is_ended() -> None:
    # The time that a process may take to come up is on top of the first check's.
    hangs = SystemCheck(Topic.CAMERA, partial(time.sleep, 600.0), 0.2)  # type: ignore[arg-type]
    slow = list(examine([GOOD, hangs, GOOD]))
    assert slow[1] == Finding(Topic.CAMERA, Severity.BAD, "too_slow", {"limit_s": 0.2})
    assert [each.code for each in slow] == ["runs_on", "too_slow", "runs_on"]
    assert multiprocessing.active_children() == []


def test_nobody_who_stops_listening_leaves_a_process_behind() -> None:
    listening = examine([GOOD, SystemCheck(Topic.CAMERA, partial(time.sleep, 600.0), 600.0)])  # type: ignore[arg-type]
    assert next(listening).code == "runs_on"
    listening.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
