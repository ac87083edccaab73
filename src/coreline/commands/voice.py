"""`coreline voice`: hear what is said, and have it said by another voice, one's own among them."""

import time
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from coreline.choices.settings import load_settings
from coreline.coaching.cues import Cue, CueBook
from coreline.coaching.spoken import spoken
from coreline.commands.options import LANGUAGES, LanguageChoice, language_typed
from coreline.commands.own_exercises import Own, exercises_known
from coreline.commands.recording import record_all
from coreline.commands.terminal import tell, tell_lines
from coreline.commands.wording import words_in
from coreline.data_files import load_cues
from coreline.errors import BadDataError, NoVoiceError
from coreline.files.folders import voice_folder
from coreline.programme.language import Language
from coreline.programme.texts import TextsIn
from coreline.programme.toml_data import near_of
from coreline.sound.checking import Complaint, check, missing
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.clips import in_order
from coreline.sound.making import make as make_all
from coreline.sound.making import to_make
from coreline.sound.microphone import Microphone
from coreline.sound.own_voice import OwnVoice
from coreline.sound.player import Player
from coreline.sound.speakers import CommandSpeaker, Speaker, piper_speaker, say_speaker
from coreline.sound.windows_voice import windows_speaker

LIST_EXAMPLES = "Examples:  coreline voice list  |  coreline voice list --language en"
PLAY_EXAMPLES = "Examples:  coreline voice play fix.hips_up  |  coreline voice play num.01 num.02"
MAKE_EXAMPLES = (
    "Examples:  coreline voice make --with say  |  coreline voice make --with piper "
    "--model nl.onnx  |  coreline voice make --with command -- espeak-ng -v nl -w {wav} {text}"
)
RECORD_EXAMPLES = "Examples:  coreline voice record  |  coreline voice record num.01 fix.hips_up"
CHECK_EXAMPLES = "Examples:  coreline voice check  |  coreline voice check --language nl"

LOOK_S: Final = 0.02  # between two looks at whether a clip has ended
NAMED: Final = 10  # cues without a recording that are named before it only says how many
ID_WIDTH: Final = 24

app = typer.Typer(no_args_is_help=True, help="Hear the voice, or put another in its place.")

Spoken = Annotated[
    LanguageChoice | None,
    typer.Option("--language", parser=language_typed, metavar=LANGUAGES, help="Of the voice."),
]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="These; all without.")]


class With(StrEnum):
    """What speaks."""

    SAY = "say"
    WINDOWS = "windows"
    PIPER = "piper"
    COMMAND = "command"


@app.command("list", epilog=LIST_EXAMPLES)
def list_(own: Own = None, language: Spoken = None) -> None:
    """List all that is said, and who says it: you, this computer's voice, or Coreline's own."""
    voice = _voice(language)
    made, w = voice.made(), words_in(voice.language)
    for cue in _book(own):
        whose = "made" if cue.id in made else "own" if voice.file_of(cue.id) else "ours"
        tell(f"{cue.id:{ID_WIDTH}} {w(f'voice.{whose}'):13} {cue.text.in_(voice.language)}")


@app.command("play", epilog=PLAY_EXAMPLES)
def play(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="What is to be heard.")],
    own: Own = None,
    language: Spoken = None,
) -> None:
    """Play what is said for an id, or for several in a row, as a session would play it.

    Raises:
        NoVoiceError: There is no loudspeaker.
    """
    voice, book = _voice(language), _book(own)
    cues = _cues(book, ids)
    volume = load_settings().voice_volume
    settings = SoundSettings(Mode.VOICE, voice.language, volume, recordings=voice.recordings)
    with Player(lambda line: tell(line, err=True), settings) as player:
        if not player.audible:
            raise NoVoiceError(
                "nothing can be heard: no sound device opens; coreline doctor says more",
                nl="er is niets te horen: geen geluid gaat open; coreline doctor zegt meer",
            )
        for cue in cues:
            tell(f"{cue.id:{ID_WIDTH}} {cue.text.in_(voice.language)}")
            player.speak(cue.id, 0)
            while player.speaking:
                time.sleep(LOOK_S)


@app.command("make", epilog=MAKE_EXAMPLES)
def make(
    speaks: Annotated[With, typer.Option("--with", help="What is to speak.")],
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="[-- COMMAND...]", help="With command: it; {wav} and {text} in it."),
    ] = None,
    voice: Annotated[str | None, typer.Option("--voice", help="Which of its voices.")] = None,
    model: Annotated[Path | None, typer.Option(help="Of piper: its .onnx file.")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="This id; again for more.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Those too that were made here; yours stay.")
    ] = False,
    own: Own = None,
    language: Spoken = None,
) -> None:
    """Have a voice of this computer say everything once, into your folder of recordings.

    What is there already stays as it is; who stops it goes on there the next time.
    """
    kept, book = _voice(language), _book(own)
    speaker = _speaker(speaks, kept.language, voice, model, command)
    asked = _cues(book, only) if only else _ordered(book)
    waiting = to_make(asked, kept, again=again)
    w, made = words_in(kept.language), 0
    for made, cue in enumerate(make_all(waiting, speaker, kept), 1):
        tell(f"{made}/{len(waiting)} {cue.id:{ID_WIDTH}} {cue.text.in_(kept.language)}")
    there = len(asked) - len(waiting)
    tell(w("voice.all_made", made=made, there=there, voice=speaker.name, folder=kept.folder))


@app.command("record", epilog=RECORD_EXAMPLES)
def record(ids: Ids = None, own: Own = None, language: Spoken = None) -> None:
    """Record your own voice, a line after the other; those that you have stay as they are."""
    kept, book = _voice(language), _book(own)
    made = kept.made()
    waiting = [
        cue
        for cue in (_cues(book, ids) if ids else _ordered(book))
        if cue.id in made or kept.file_of(cue.id) is None
    ]
    w = words_in(kept.language)
    if not waiting:
        tell(w("voice.nothing_to_record", folder=kept.folder))
        return
    count = record_all(waiting, Microphone(), kept, w)
    tell(w("voice.recorded", n=count, folder=kept.folder))


@app.command("check", epilog=CHECK_EXAMPLES)
def check_(own: Own = None, language: Spoken = None) -> None:
    """Say what is missing among your recordings, too loud, or cut off; exit code 1 if something is.

    What is missing alone is no fault: Coreline's own voice says it.
    """
    kept, book = _voice(language), _book(own)
    w = words_in(kept.language)
    complaints = list(check(book, kept))
    tell_lines(_line(each, w) for each in complaints)
    tell_lines(_missing(missing(book, kept), len(book), w))
    if complaints:
        raise typer.Exit(1)
    tell(w("voice.no_complaint", folder=kept.folder))


def _line(complaint: Complaint, w: TextsIn) -> str:
    said = (complaint.said_nl if w.language == "nl" else None) or complaint.said
    what = w(f"voice.{complaint.fault}", said=said)
    return f"{complaint.path.name}: {what}"


def _missing(ids: list[str], whole: int, w: TextsIn) -> Iterator[str]:
    yield w("voice.there", n=whole - len(ids), whole=whole)
    names = ", ".join(ids[:NAMED])
    if NAMED < len(ids) < whole:
        yield w("voice.missing_many", names=names, n=len(ids) - NAMED)
    elif 0 < len(ids) < whole:
        yield w("voice.missing", names=names)


def _speaker(
    speaks: With,
    language: Language,
    voice: str | None,
    model: Path | None,
    command: list[str] | None,
) -> Speaker:
    """Return what is to speak; see `make`."""
    if command and speaks is not With.COMMAND:
        raise BadDataError(
            f"{command[0]}: only --with command takes a command",
            nl=f"{command[0]}: alleen bij --with command hoort een commando",
        )
    match speaks:
        case With.SAY:
            return say_speaker(language, voice)
        case With.WINDOWS:
            return windows_speaker(language, voice)
        case With.PIPER:
            return piper_speaker(model)
        case With.COMMAND:
            words = tuple(command or ())
            return CommandSpeaker(words[0] if words else "", words)


def _voice(language: LanguageChoice | None) -> OwnVoice:
    """Return the person's own recordings in a language, that of the settings without."""
    settings = load_settings()
    folder = settings.recordings_dir
    return OwnVoice(
        Path(folder).expanduser() if folder else voice_folder(),
        language.language if language else settings.resolved_language,
    )


def _book(own: Path | None) -> CueBook:
    """Return everything that can be said, the lines of one's own exercises among it."""
    return spoken(load_cues(), exercises_known(own))


def _ordered(book: CueBook) -> list[Cue]:
    """Return the cues with what cannot wait first: who stops early has those."""
    return [book.get(cue_id) for cue_id in in_order(set(book.ids))]


def _cues(book: CueBook, ids: Sequence[str]) -> list[Cue]:
    """Return the cues that somebody named.

    Raises:
        BadDataError: There is none of such a name.
    """
    unknown = next((cue_id for cue_id in ids if cue_id not in book), None)
    if unknown is None:
        return [book.get(cue_id) for cue_id in ids]
    near = ", ".join(near_of(unknown, book.ids))
    raise BadDataError(
        f"{unknown}: no line has this id; near it: {near or 'none'}; coreline voice list has all",
        nl=f"{unknown}: geen zin heet zo; wat erop lijkt: {near or 'niets'}; coreline voice list "
        "heeft ze allemaal",
    )
