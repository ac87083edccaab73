"""What a page shows of a session: the moment in parts."""

from coreline.judging.events import Reading
from coreline.judging.hold import HoldMachine
from coreline.session.blocks import target_count, target_hold_s
from coreline.session.flow import Flow
from coreline.session.results import results
from coreline.session.view import InCourse, Line, Pause, Progress, RestTime, Stage, View


def view_of(flow: Flow, reading: Reading, pause: Pause | None) -> View:
    """Return the moment: where the flow is, what was read in its frame, why it is paused."""
    exercise, stage = flow.block.exercise, flow.stage
    return View(
        t_s=flow.t_s,
        stage=stage,
        exercise_id=exercise.id,
        machine=exercise.machine,
        side=flow.block.side,
        progress=_progress(flow, reading),
        line=_line(flow, reading),
        course=_in_course(flow),
        rest=_rest(flow),
        cue_id=flow.speech.shown(flow.t_s),
        other_id=flow.run.other_id if stage is Stage.GET_READY else None,
        countdown=flow.count_in,
        checks=flow.placing.checks if flow.placing else (),
        pause=pause if stage is Stage.PAUSED else None,
        hand=flow.hand_pauses,
        in_position=flow.in_position,
        section=flow.framing.section,
        may_go_on=flow.attending.may_go_on and stage is not Stage.PAUSED,
        trouble=flow.conditions.trouble,
        results=results(flow.blocks, flow.sets) if stage is Stage.DONE else (),
        on_ball=flow.on_ball,
    )


def _progress(flow: Flow, reading: Reading) -> Progress:
    run, exercise, machine = flow.run, flow.block.exercise, flow.run.judge.machine
    return Progress(
        phase=reading.phase,
        count=run.count,
        refused=run.refused,
        target_count=target_count(exercise),
        held_s=run.top_s(flow.t_s),
        target_hold_s=target_hold_s(exercise),
        clock_runs=isinstance(machine, HoldMachine) and machine.clock_runs,
    )


def _line(flow: Flow, reading: Reading) -> Line:
    run = flow.run
    band = run.rules.bands[0]
    return Line(
        state=reading.state,
        deviation_deg=deviation_deg(reading),
        good_deg=band.good_high,
        fault_deg=band.fault_high,
        faults=run.judge.machine.faults if flow.stage is Stage.EXERCISE else (),
        joints=run.line(),
        near_side=run.record.near_side,
    )


def _in_course(flow: Flow) -> InCourse:
    run, course = flow.run, flow.course
    return InCourse(
        set_number=course.set_number,
        sets=course.sets,
        block_number=course.index + 1,
        blocks=len(flow.blocks),
        left_s=course.left_s(1.0 if flow.rests else run.amount / run.record.prescribed),
        coming=course.coming,
    )


def _rest(flow: Flow) -> RestTime:
    """Return the rest; while paused in it, what is left is not shown."""
    left_s = flow.rest.left_s(flow.t_s) if flow.stage is Stage.REST else 0.0
    return RestTime(left_s, flow.rest.whole_s if flow.rests else 0.0)


def deviation_deg(reading: Reading) -> float | None:
    """Return the bend's change from the neutral, + = hip toward the floor."""
    if reading.bend_deg is None or reading.neutral_deg is None:
        return None
    return reading.bend_deg - reading.neutral_deg
