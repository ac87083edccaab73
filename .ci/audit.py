"""Look through what Coreline depends on: bounds, what is installed, licences, known weaknesses.

python .ci/audit.py

Exit code 1 where something is wrong. All but the last needs no network. Known weaknesses are looked
up by pip-audit, where it is installed and its service answers (it has no way to do it offline);
else one line says that it was left out, and why.

The rule for bounds, of everything that the program itself needs, its extras among it: upper ones
where a new version may break it by its own numbering. That is the next major version, and of a
project whose major version is 0 the next minor one. What only tests and tools need has none: it
breaks a check, which tells. An extra that `dev` does not bring need not be installed.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.version import Version

PROJECT: Final = Path(__file__).parents[1] / "pyproject.toml"
TOOLS: Final = {"dev", "people"}  # extras that no user of the program needs
PATIENCE_S: Final = 90.0  # for the service that knows the weaknesses
LEFT_OUT: Final = "known weaknesses: not looked up"
# Licences under which a program under Apache-2.0 may be handed on with them.
KNOWN: Final = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|ISCL|LGPL|Lesser"
    r"|HPND|Zlib|CC0|Unlicense)\b"
)
STRICTER: Final = re.compile(r"\bA?GPL|(?<!Lesser )General Public License")


def main() -> int:
    """Print what was looked at, and return the exit code."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    needed = [Requirement(line) for line in project["dependencies"]]
    extras = {
        name: [Requirement(line) for line in lines]
        for name, lines in project["optional-dependencies"].items()
    }
    tried = [*needed, *brought_by("dev", extras)]
    of_program = [each for name in extras.keys() - TOOLS for each in extras[name]]
    beside = [each for each in of_program if installed_version(each) is not None]
    used = dict(installed([*needed, *beside]))
    wrong = [
        *unbounded([*needed, *of_program]),
        *unfit([*tried, *beside]),
        *unlicensed(used.values()),
        *quarrels(),
    ]
    print(f"{len(needed)} dependencies and what they need: {len(used)} packages")
    wrong += weaknesses()
    for line in wrong:
        print(f"WRONG: {line}")
    return int(bool(wrong))


def brought_by(extra: str, extras: Mapping[str, list[Requirement]]) -> list[Requirement]:
    """Return what an extra installs, by way of other extras of the program too."""
    found: list[Requirement] = []
    for each in extras[extra]:
        if each.name == "coreline":
            for inner in sorted(each.extras):
                found += brought_by(inner, extras)
        else:
            found.append(each)
    return found


def unbounded(needed: Iterable[Requirement]) -> Iterator[str]:
    """Yield what has no bounds as the rule has it, or comes from an address of its own."""
    for each in needed:
        if each.url is not None:
            yield f"{each.name}: comes from an address; name a version"
        bounds = {each.operator: Version(each.version) for each in each.specifier}
        if ">=" not in bounds or "<" not in bounds:
            yield f"{each.name}: needs a lower and an upper bound, >= and <"
        elif (version := installed_version(each)) and bounds["<"] > next_breaking(version):
            yield f"{each.name}: {bounds['<']} lies beyond {next_breaking(version)}, never tried"


def next_breaking(version: Version) -> Version:
    """Return the next version that may break what works with this one."""
    if version.major:
        return Version(f"{version.major + 1}")
    return Version(f"0.{version.minor + 1}")


def unfit(requirements: Iterable[Requirement]) -> Iterator[str]:
    """Yield what is installed in another version than is asked for, or not at all."""
    for each in requirements:
        if each.marker is not None and not each.marker.evaluate():
            continue
        version = installed_version(each)
        if version is None:
            yield f"{each.name}: is not installed"
        elif not each.specifier.contains(version, prereleases=True):
            yield f"{each.name}: {version} is installed, {each.specifier} is asked for"


def installed_version(requirement: Requirement) -> Version | None:
    """Return the version that is installed."""
    try:
        return Version(distribution(requirement.name).version)
    except PackageNotFoundError:
        return None


def installed(needed: Iterable[Requirement]) -> Iterator[tuple[str, Distribution]]:
    """Yield what is needed here, and what that needs, by name; each once."""
    found: dict[str, Distribution] = {}
    waiting = [(each, "") for each in needed]
    while waiting:
        each, extra = waiting.pop()
        name = re.sub(r"[-_.]+", "-", each.name).lower()
        if name in found or (each.marker and not each.marker.evaluate({"extra": extra})):
            continue
        try:
            found[name] = distribution(each.name)
        except PackageNotFoundError:  # `unfit` tells of it
            continue
        extras = each.extras or {""}
        for line in found[name].requires or ():
            waiting += [(Requirement(line), one) for one in extras]
    yield from sorted(found.items())


def unlicensed(packages: Iterable[Distribution]) -> Iterator[str]:
    """Yield what may not be handed on with Coreline, or says of no licence that it may."""
    for each in packages:
        said = licence_of(each.metadata)
        if STRICTER.search(said) or not KNOWN.search(said):
            yield f"{each.metadata['Name']}: licence {said or 'of no known name'}; look at it"


def licence_of(metadata: Any) -> str:
    """Return what a package says of its licence: the expression, the class, or its first words."""
    if metadata.get("License-Expression"):
        return str(metadata.get("License-Expression"))
    classes = [each for each in metadata.get_all("Classifier") or () if "License ::" in each]
    said = "; ".join(each.rpartition(" :: ")[2] for each in classes)
    return said or " ".join(str(metadata.get("License") or "").split())[:60]


def quarrels() -> Iterator[str]:
    """Yield what pip finds that does not go together among all that is installed."""
    line = [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode:
        yield from (done.stdout or done.stderr).strip().splitlines()


def weaknesses(program: str | None = None) -> Iterator[str]:
    """Yield the known weaknesses of what is installed; say so where nobody could be asked."""
    beside = str(Path(sys.executable).parent)
    asked = program or shutil.which("pip-audit", path=beside) or shutil.which("pip-audit")
    if asked is None:
        print(f"{LEFT_OUT}, pip-audit is not installed")
        return
    line = [asked, "--local", "--skip-editable", "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        document: Mapping[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        print(f"{LEFT_OUT}, no answer within {PATIENCE_S:.0f} s")
        return
    except (OSError, ValueError):
        print(f"{LEFT_OUT}, the service does not answer")
        return
    print(f"known weaknesses: {len(document['dependencies'])} packages looked up")
    for each in document["dependencies"]:
        for found in each.get("vulns", ()):
            mended = ", ".join(found.get("fix_versions", ())) or "no version yet"
            yield f"{each['name']} {each['version']}: {found['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
