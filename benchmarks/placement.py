"""The set-up check on good views, on the same ones made bad, and on real clips with limbs cut off.

python benchmarks/placement.py [FOLDER] [--real FOLDER] [--pixels] [--room]

A row a kind of view: in how many cases the check passed or failed as it should, and advised the
right thing first; below it each case that came out otherwise. `--pixels` also darkens and joins
pictures of the clips and asks the pose model; `--room` prints how far the truth of each clip
reaches, from which the room that an exercise needs is set.
"""

import argparse
import gzip
import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tools.misplaced import (
    Timed,
    altered,
    askew,
    legs_covered,
    mirrored,
    nobody,
    reach,
    scaled,
    shifted,
    turned,
)
from tools.truth import clips_in

from coreline.body.measures import Side
from coreline.camera.picture_facts import facts_of
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.data_files import load_catalogue, load_placement
from coreline.files.recordings import load_trace
from coreline.placement.checks import PictureFacts, PlacementTopic, Verdict
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.setup import SetupCheck
from coreline.programme.spec import Exercise
from coreline.vision.persons import PersonCounter

RECORDINGS = Path(__file__).parent.parent / "tests" / "recordings"
RULES = load_placement()
USUAL_S = 4.0  # of each clip, from its start: lying, and getting into position
OUT_SHARE = 0.06  # how far a shifted body sticks out
MOST = 0.9  # of the settled frames must say the same
DAY = PictureFacts(640, 480, 140.0, 18.0, 1)
SQUARE = CameraPlace(FoundBy.SHEETS, (640, 480), (290.0, 290.0), 180.0, 2.7, 3.0, 0.5, 2.0, 0.4)


@dataclass(frozen=True, slots=True)
class View:
    """One view to be judged; `topic` is None where all must be well, any of `cues` is right."""

    kind: str
    name: str
    exercise: Exercise
    side: Side | None
    frames: Sequence[Timed]
    topic: PlacementTopic | None = None
    cues: tuple[str, ...] = ()
    picture: PictureFacts | None = DAY
    place: CameraPlace | None = None


@dataclass(slots=True)
class Outcome:
    """What the check made of a view."""

    right_verdict: bool
    right_advice: bool
    got: str


@dataclass(slots=True)
class Row:
    """The outcomes of one kind of view."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)

    @property
    def verdicts(self) -> int:
        """Return how many verdicts were right."""
        return sum(each.right_verdict for each in self.outcomes.values())

    @property
    def advices(self) -> int:
        """Return in how many cases the first thing advised was right."""
        return sum(each.right_advice for each in self.outcomes.values())


def judged(view: View) -> Outcome:
    """Run the check over a view."""
    check = SetupCheck(view.exercise, view.side, RULES, view.place)
    first_s = view.frames[0][0]
    advices: Counter[str | None] = Counter()
    verdicts: Counter[Verdict] = Counter()
    passed = False
    for t_s, pose in view.frames:
        checks = check.step(t_s, pose, view.picture)
        passed = passed or check.passed
        if t_s - first_s < RULES.timing.window_s:
            continue
        advices[check.advice] += 1
        if view.topic is not None:
            verdicts[next(each.verdict for each in checks if each.topic is view.topic)] += 1
    (advice, times), *_ = advices.most_common()
    often = times >= MOST * advices.total()
    got = str(advice) if often else ", ".join(f"{cue} {n}" for cue, n in advices.items())
    if view.topic is None:
        return Outcome(passed, passed and advice is None and often, got)
    failed = verdicts[Verdict.FAIL] >= MOST * verdicts.total()
    return Outcome(failed and not passed, often and advice in view.cues, got)


def table(views: Iterator[View]) -> dict[str, Row]:
    """Return the outcomes of views by their kind."""
    rows: defaultdict[str, Row] = defaultdict(Row)
    for view in views:
        rows[view.kind].outcomes[view.name] = judged(view)
    return dict(rows)


def dose_side(exercise: Exercise, meta: Mapping[str, Any]) -> Side | None:
    """Return the side that a clip shows the exercise on, as its dose counts sides."""
    match exercise.sides:
        case "each_leg":
            return Side(meta["working_side"])
        case "each_side":
            return Side(meta["support_side"])
        case _:
            return None


def views(folder: Path, every: int = 1) -> Iterator[View]:
    """Yield the good view of every clip in a folder, and the bad ones made from it.

    `every` says which frames to take: each, each second, and so on.
    """
    catalogue = load_catalogue()
    for clip in clips_in([folder]):
        meta = json.loads(gzip.decompress(clip.truth.read_bytes()))["meta"]
        exercise = catalogue.get(meta["exercise"])
        frames = [each for each in load_trace(clip.landmarks) if each[0] <= USUAL_S][::every]
        good = View("good", clip.name, exercise, dose_side(exercise, meta), frames)
        yield good
        yield _but(good, "good, calibrated", place=SQUARE)
        yield from moved_views(good)
        yield from turned_views(good)
        yield from other_views(good)


def _but(view: View, kind: str, **changes: Any) -> View:
    """Return a view with some things changed."""
    kept = {name: getattr(view, name) for name in View.__slots__}
    return View(**(kept | {"kind": kind} | changes))


def moved_views(good: View) -> Iterator[View]:
    """Yield views in which the body is in the wrong place, or of the wrong size."""
    left, top, right, bottom = reach(good.frames)
    width, height = next(pose.size_px for _, pose in good.frames if pose is not None)
    feet_right = _feet_right(good.frames)
    to_feet, to_head = "setup.shift_feet", "setup.shift_head"
    out_px, out_down_px = OUT_SHARE * width, OUT_SHARE * height
    for kind, alter, cue in (
        ("out on the left", shifted(-left - out_px, 0), to_feet if feet_right else to_head),
        (
            "out on the right",
            shifted(width - right + out_px, 0),
            to_head if feet_right else to_feet,
        ),
        ("out above", shifted(0, -top - out_down_px), "setup.tilt_up"),
        ("out below", shifted(0, height - bottom + out_down_px), "setup.tilt_down"),
        ("too near", scaled(1.1 * width / (right - left)), "setup.step_back"),
        ("legs covered", legs_covered, "setup.legs_hidden"),
    ):
        frames = altered(good.frames, alter)
        yield _but(good, kind, frames=frames, topic=PlacementTopic.BODY, cues=(cue,))
    frames = altered(good.frames, scaled(0.6))
    yield _but(
        good, "too far", frames=frames, topic=PlacementTopic.DISTANCE, cues=("setup.step_closer",)
    )
    yield _but(
        good,
        "nobody",
        frames=nobody(good.frames),
        topic=PlacementTopic.BODY,
        cues=("setup.no_person",),
    )


def _feet_right(frames: Sequence[Timed]) -> bool:
    poses = [pose.xy_px for _, pose in frames if pose is not None]
    return float(np.median([px[27:29, 0].mean() - px[7:9, 0].mean() for px in poses])) > 0.0


def turned_views(good: View) -> Iterator[View]:
    """Yield views in which the person lies the wrong way, or the camera leans."""
    frames = altered(good.frames, mirrored)
    if good.side is None:
        yield _but(good, "the other way round, allowed", frames=frames)
    else:
        down = good.side if good.exercise.sides == "each_side" else good.side.other
        lying = f"pos.side_lying_{down}" if good.exercise.view == "chest" else "setup.turn_around"
        yield _but(good, "wrong side", frames=frames, topic=PlacementTopic.SIDE, cues=(lying,))
    upright = altered(good.frames, turned(90.0))
    yield _but(good, "upright", frames=upright, topic=PlacementTopic.SIDE, cues=("setup.lie_down",))
    end = ("setup.feet_away", "setup.head_away")
    right_near = (end if _feet_right(good.frames) else end[::-1])[0]
    left_near = (end if _feet_right(good.frames) else end[::-1])[1]
    for kind, degrees, cue in (("askew, right near", 45.0, right_near), ("left", -45.0, left_near)):
        name = kind if kind.startswith("askew") else f"askew, {kind} near"
        skew = altered(good.frames, askew(degrees))
        yield _but(good, name, frames=skew, topic=PlacementTopic.ANGLE, cues=(cue,))
    for degrees in (-22.0, 22.0):
        leaning = altered(altered(good.frames, scaled(0.9)), turned(degrees))
        yield _but(
            good,
            "camera leans by 22, not calibrated",
            name=f"{good.name} {degrees:+.0f}",
            frames=leaning,
            topic=PlacementTopic.ANGLE,
            cues=("setup.camera_level",),
        )


def other_views(good: View) -> Iterator[View]:
    """Yield views with bad light, with company, and with a calibrated camera that stands badly."""
    for kind, picture, topic, cue in (
        ("dark", PictureFacts(640, 480, 12.0, 1.5, 1), PlacementTopic.LIGHT, "setup.too_dark"),
        (
            "washed out",
            PictureFacts(640, 480, 240.0, 2.5, 1),
            PlacementTopic.LIGHT,
            "setup.backlight",
        ),
        (
            "two people",
            PictureFacts(640, 480, 140.0, 18.0, 2),
            PlacementTopic.PERSONS,
            "setup.one_person",
        ),
    ):
        yield _but(good, kind, picture=picture, topic=topic, cues=(cue,))
    end = ("setup.feet_away", "setup.head_away")
    right_near, left_near = end if _feet_right(good.frames) else end[::-1]
    for kind, yaw, roll, height_m, topic, cue in (
        ("calibrated, yaw +18", 18.0, 0.0, 0.4, PlacementTopic.ANGLE, right_near),
        ("calibrated, yaw -18", -18.0, 0.0, 0.4, PlacementTopic.ANGLE, left_near),
        ("calibrated, roll 8", 2.0, 8.0, 0.4, PlacementTopic.ANGLE, "setup.camera_level"),
        ("calibrated, 0.9 m high", 2.0, 0.0, 0.9, PlacementTopic.HEIGHT, "setup.camera_lower"),
        ("calibrated, 0.1 m high", 2.0, 0.0, 0.1, PlacementTopic.HEIGHT, "setup.camera_higher"),
    ):
        place = CameraPlace(
            FoundBy.SHEETS, (640, 480), (290.0, 290.0), 180.0, 2.7, yaw, roll, 2.0, height_m
        )
        yield _but(good, kind, place=place, topic=topic, cues=(cue,))


def real_views(folder: Path) -> Iterator[View]:
    """Yield the views that `placement.toml` in a folder of real traces describes."""
    catalogue = load_catalogue()
    labels = tomllib.loads((folder / "placement.toml").read_text(encoding="utf-8"))
    for case in labels["view"]:
        from_s, to_s = case.get("from_s", 0.0), case.get("to_s", 1e9)
        frames = [each for each in load_trace(folder / case["trace"]) if from_s <= each[0] <= to_s]
        topic = PlacementTopic(case["fails"]) if "fails" in case else None
        exercise = catalogue.get(case["exercise"])
        kind = f"real, {topic} fails" if topic else "real, good"
        cues = tuple(case.get("advice", ()))
        yield View(kind, case["name"], exercise, None, frames, topic, cues, picture=None)


def print_table(rows: Mapping[str, Row]) -> None:
    """Print a row a kind, and below it what came out otherwise."""
    print(f"{'view':38} {'cases':>5} {'verdict':>8} {'advice':>7}")
    for kind, row in rows.items():
        print(f"{kind:38} {len(row.outcomes):5} {row.verdicts:8} {row.advices:7}")
        for name, outcome in row.outcomes.items():
            if not (outcome.right_verdict and outcome.right_advice):
                verdict = "right" if outcome.right_verdict else "wrong"
                print(f"    {name}: verdict {verdict}, advice {outcome.got}")


def print_room(folder: Path) -> None:
    """Print how far the truth of each clip reaches, in lengths from shoulder to ankle."""
    for clip in clips_in([folder]):
        document = json.loads(gzip.decompress(clip.truth.read_bytes()))
        names = {name: number for number, name in enumerate(document["joints"])}
        xyz_m = np.array([frame["xyz"] for frame in document["frames"]])
        chain = [names[f"left_{part}"] for part in ("shoulder", "hip", "knee", "ankle")]
        length_m = np.median(np.linalg.norm(np.diff(xyz_m[:, chain], axis=1), axis=2).sum(axis=1))
        wide = np.ptp(xyz_m[:, :, 0]) / length_m
        print(f"{clip.name:20} width {wide:.2f}  height {xyz_m[:, :, 1].max() / length_m:.2f}")


def print_pixels(folder: Path) -> None:
    """Print what darkness and company do, with pictures of the clips and the pose model."""
    pictures = [_picture(clip.video) for clip in clips_in([folder]) if clip.video.is_file()]
    light = RULES.light
    print("light: of each picture's copies, those that the check refuses")
    for factor in (1.0, 0.3, 0.2, 0.12, 0.08, 0.04):
        facts = [facts_of((picture * factor).astype(np.uint8)) for picture in pictures]
        bad = sum(
            not light.brightness.met(each.brightness, before=False)
            or not light.contrast.met(each.contrast, before=False)
            for each in facts
        )
        print(f"    {factor:4.0%} of the light: {bad} of {len(facts)}")
    with PersonCounter() as counter:
        alone = Counter(counter.count(picture) for picture in pictures)
        joined = [
            np.hstack([one[:, 100:540], other[:, 100:540]])
            for one, other in zip(pictures, pictures[1:] + pictures[:1], strict=True)
        ]
        company = Counter(counter.count(np.ascontiguousarray(picture)) for picture in joined)
    print(f"people counted, one there: {dict(alone)}; two there: {dict(company)}")


def _picture(video: Path) -> Image:
    """Return a picture from the middle of a clip."""
    with VideoFile(video) as source:
        middle = (source.info.frames_expected or 2) // 2
        frames = (frame for frame in source.frames() if frame is not None)
        return next(frame.image_bgr for frame in frames if frame.index >= middle)


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=RECORDINGS)
    parser.add_argument("--real", type=Path, default=RECORDINGS / "real")
    parser.add_argument("--pixels", action="store_true")
    parser.add_argument("--room", action="store_true")
    chosen = parser.parse_args()
    if chosen.room:
        print_room(chosen.folder)
        return
    print_table(table(views(chosen.folder)) | table(real_views(chosen.real)))
    if chosen.pixels:
        print_pixels(chosen.folder)


if __name__ == "__main__":
    main()
