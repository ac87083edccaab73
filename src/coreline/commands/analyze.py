"""`coreline analyze`: judge a recording."""

from pathlib import Path
from typing import Annotated, Final

import typer

from coreline.archive.tasks import Asked
from coreline.commands.archive import Wanted, analyze_many
from coreline.commands.one_clip import OneClip, analyze_one
from coreline.commands.options import (
    EXERCISE_HELP,
    LANGUAGES,
    PLACES,
    SIDES,
    LanguageChoice,
    ModelChoice,
    PlaceChoice,
    SideChoice,
    language_typed,
    missing,
    place_typed,
    side_typed,
    usual_language,
)
from coreline.commands.own_exercises import Own, exercises_known
from coreline.errors import BadDataError, BadOutputError
from coreline.files.reading import is_folder

_MOST_WORKERS: Final = 256  # more processes than cores of any computer are a slip of the hand
EXAMPLES = (
    "Examples:  coreline analyze clip.mp4 --exercise plank --report form.html"
    "  |  coreline analyze before.mp4 -e plank --compare after.mp4 --report both.html"
    "  |  coreline analyze poses.npz --exercise w56-belly-bridge --side left --json -"
    "  |  coreline analyze clips --out judged --list clips.csv"
)


def analyze(
    context: typer.Context,
    clips: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLIP", help="A video or landmark trace (.npz); with --out many, or folders."
        ),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option("--exercise", "-e", help=f"{EXERCISE_HELP} Auto recognises it.")
    ] = None,
    side: Annotated[
        SideChoice, typer.Option(parser=side_typed, metavar=SIDES, help="The leg that works.")
    ] = SideChoice.AUTO,
    on: Annotated[
        PlaceChoice,
        typer.Option(
            parser=place_typed,
            metavar=PLACES,
            help="What it is done on, where that cannot be seen.",
        ),
    ] = PlaceChoice.AUTO,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the facts; - for standard output.")
    ] = None,
    trace: Annotated[Path | None, typer.Option(help="Write a CSV row a frame.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the form report (HTML).")] = None,
    save_poses: Annotated[Path | None, typer.Option(help="Write the landmarks (.npz).")] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="CLIP2",
            help="Another recording of the same exercise, against this one; --report shows both.",
        ),
    ] = None,
    own: Own = None,
    sparing: Annotated[
        bool,
        typer.Option(
            "--sparing",
            help="Look for the pose only where something may change, as train does: quicker.",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Judge many, on all cores: where all of it goes."),
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="CSV", help="With --out: clips, each with exercise, side, person …"
        ),
    ] = None,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="With --out: every attempt as Parquet too.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=_MOST_WORKERS, help="With --out: how many clips at once."),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="With --out: have the workers of this Dask cluster judge."
        ),
    ] = None,
    model: Annotated[ModelChoice, typer.Option(help="The pose model.")] = ModelChoice.FULL,
    language: Annotated[
        LanguageChoice | None,
        typer.Option(parser=language_typed, metavar=LANGUAGES, help="Of report and terminal."),
    ] = None,
) -> None:
    """Judge a recording, faster than it plays, and say what was seen; with --out many of them.

    Of many, FOLDER/index.html is the page over all reports. What was judged before is not judged
    again, also after a kill. Exit code 3: some could not be judged.
    """
    one = OneClip(json_file, trace, report, save_poses, compare, sparing or None)
    if out is not None:
        one.refuse()
        if dask is not None and workers is not None:
            raise BadDataError(
                "--workers: is of this computer; a cluster has the workers that it has",
                nl="--workers: gaat over deze computer; een cluster heeft de werkers die het heeft",
            )
        if not clips and listed is None:
            raise missing(context, "'clip'", "argument")
        analyze_many(
            Wanted(
                places=tuple(clips or ()),
                listed=listed,
                out=out,
                exercise=exercise,
                asked=Asked(side=side.side, place=on.place),
                own=own,
                model=model.value,
                language=(language or usual_language()).language,
                workers=workers,
                parquet=parquet,
                cluster=dask,
            )
        )
        return
    if parquet or workers is not None or dask is not None:
        raise BadDataError(
            "--parquet, --workers and --dask go with --out FOLDER; add it or leave them out",
            nl="--parquet, --workers en --dask horen bij --out MAP; voeg die toe of laat ze weg",
        )
    clip = _one_clip(context, clips, listed)
    if exercise is None:
        raise missing(context, "'--exercise' / '-e'", "option")
    analyze_one(clip, exercise, exercises_known(own), (side, on, model.value, language), one)


def _one_clip(context: typer.Context, clips: list[str] | None, listed: Path | None) -> Path:
    """Return the one clip; where there are several it has to be said where all of it goes.

    Raises:
        BadOutputError: There are several.
    """
    given = clips or []
    if listed is not None or len(given) > 1 or any(is_folder(Path(each)) for each in given):
        what = str(listed) if listed is not None else given[0]
        raise BadOutputError(
            f"{what}: are many clips; say with --out FOLDER where their reports go",
            nl=f"{what}: zijn meer opnamen; zeg met --out MAP waar de rapporten komen",
        )
    if not given:
        raise missing(context, "'clip'", "argument")
    return Path(given[0])
