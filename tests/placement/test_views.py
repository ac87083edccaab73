"""Every good view passes, every bad one fails with the right advice: recordings as a camera had it.

The views are those of `benchmarks/placement.py`; what the check does not reach is named here.
"""

import pytest

from placement import RECORDINGS, Row, real_views, table, views

CANNOT_TELL = "camera leans by 22, not calibrated"


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return table(views(RECORDINGS, every=2)) | table(real_views(RECORDINGS / "real"))


def wrong(row: Row) -> dict[str, str]:
    return {
        name: outcome.got
        for name, outcome in row.outcomes.items()
        if not (outcome.right_verdict and outcome.right_advice)
    }


def test_every_clip_is_a_good_view(rows: dict[str, Row]) -> None:
    assert len(rows["good"].outcomes) == 16
    assert wrong(rows["good"]) == {}
    assert wrong(rows["good, calibrated"]) == {}
    assert wrong(rows["the other way round, allowed"]) == {}


def test_every_bad_view_is_refused_with_what_to_move(rows: dict[str, Row]) -> None:
    bad = {kind: wrong(row) for kind, row in rows.items() if kind != CANNOT_TELL}
    assert len(bad) >= 24
    assert {kind: names for kind, names in bad.items() if names} == {}


def test_real_clips_with_limbs_cut_off_are_refused(rows: dict[str, Row]) -> None:
    assert len(rows["real, body fails"].outcomes) == 5
    assert len(rows["real, good"].outcomes) == 2


def test_a_leaning_camera_is_told_or_not_but_never_mistaken(rows: dict[str, Row]) -> None:
    """Without the sheets it shows only where the body touches the floor far apart."""
    row = rows[CANNOT_TELL]
    assert row.verdicts >= 8
    for outcome in row.outcomes.values():
        said = {cue.rsplit(" ", 1)[0] for cue in outcome.got.split(", ")}
        assert said <= {"None", "setup.camera_level", "setup.lie_down"}
