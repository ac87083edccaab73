"""Make the pose model bundles from Google's npm package `@mediapipe/pose`, byte for byte the same.

    python models/build_models.py                        # full and lite, package fetched with npm
    python models/build_models.py --package FOLDER_OR_TGZ --variant full lite heavy
    python models/build_models.py --package FOLDER_OR_TGZ --check

MediaPipe's Python wheel holds no model. The npm package holds the landmark models as plain TFLite
files, and the person detector at the head of a packed file. A bundle is a zip, not compressed, of
the two, each with TFLite metadata that says how pixels are scaled. Two traps:

- flatbuffers written from Python drop the alignment that the TFLite schema asks for: buffers must
  start at multiples of 16 within a model;
- the models are used where they lie in the zip, so each must start at a multiple of 64.

Needs Coreline's own environment (mediapipe and, through it, flatbuffers), and npm unless
`--package` is given.
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import flatbuffers
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata
from mediapipe.tasks.metadata import schema_py_generated as schema

HERE: Final = Path(__file__).resolve().parent
LIST_NAME: Final = "models.toml"
PACKAGE: Final = "@mediapipe/pose"
VERSION: Final = "0.5.1675469404"
SHIPPED: Final = ("full", "lite")
VARIANTS: Final = ("full", "lite", "heavy")

PACKED_FILE: Final = "pose_solution_packed_assets.data"
DETECTOR_BYTES: Final = 2_962_288
TFLITE_MARK: Final = b"TFL3"
METADATA_MARK: Final = b"M001"
METADATA_NAME: Final = "TFLITE_METADATA"

BUFFER_ALIGN: Final = 16
ENTRY_ALIGN: Final = 64
ZIP_HEADER_BYTES: Final = 30
EXTRA_HEADER_BYTES: Final = 4
EXTRA_ID: Final = b"\xfe\xca"
ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class BuildError(Exception):
    """The bundles cannot be made; says why and how to mend it."""


@dataclass(frozen=True)
class Scaling:
    """How a model wants its pixels: (value - mean) / std, between low and high."""

    name: str
    mean: float
    std: float
    low: float
    high: float


DETECTOR: Final = Scaling("pose_detector", 127.5, 127.5, -1.0, 1.0)
LANDMARKS: Final = Scaling("pose_landmarks_detector", 0.0, 255.0, 0.0, 1.0)


class AlignedBuffer:
    """A TFLite buffer that starts where the schema's `force_align: 16` asks.

    Stands in for the generated BufferT, which ignores the alignment.
    """

    def __init__(self, data: Any) -> None:
        """Hold `data`: None, bytes or an array of uint8."""
        self._data = None if data is None else bytes(bytearray(data))

    def pack(self, builder: flatbuffers.Builder) -> int:
        """Write the buffer and return its place."""
        data = None if self._data is None else _aligned_vector(builder, self._data)
        schema.BufferStart(builder)
        if data is not None:
            schema.BufferAddData(builder, data)
        return int(schema.BufferEnd(builder))

    Pack = pack  # What flatbuffers calls it.


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check, as the command line asks; return the exit code."""
    options = _options(arguments)
    try:
        with _package(options.package) as package:
            bundles = {variant: bundle(package, variant) for variant in VARIANTS}
            if options.check:
                return _check(package, bundles)
    except BuildError as error:
        sys.stderr.write(f"build_models: {error}\n")
        return 1
    for variant in options.variant:
        _replace(HERE / _file_name(variant), bundles[variant])
    _replace(HERE / LIST_NAME, _list_text(bundles).encode())
    return 0


def bundle(package: Path, variant: str) -> bytes:
    """Return the bundle of `variant`, made from the unpacked npm package.

    Raises:
        BuildError: A file of the package is missing or is not a model.
    """
    detector = _model(package / PACKED_FILE, DETECTOR_BYTES)
    landmarks = _model(package / f"pose_landmark_{variant}.tflite", None)
    return _zipped(
        {
            "pose_detector.tflite": with_scaling(detector, DETECTOR),
            "pose_landmarks_detector.tflite": with_scaling(landmarks, LANDMARKS),
        }
    )


def with_scaling(model: bytes, scaling: Scaling) -> bytes:
    """Return the TFLite model with metadata that tells how its input is scaled."""
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    outputs = len(tree.subgraphs[0].outputs)
    tree.buffers = [AlignedBuffer(old.data) for old in tree.buffers]
    tree.buffers.append(AlignedBuffer(_metadata(scaling, outputs)))
    entry = schema.MetadataT()
    entry.name = METADATA_NAME
    entry.buffer = len(tree.buffers) - 1
    others = [old for old in tree.metadata or [] if _text(old.name) != METADATA_NAME]
    tree.metadata = [*others, entry]
    return _finished(tree, TFLITE_MARK)


def _metadata(scaling: Scaling, outputs: int) -> bytes:
    """Return the metadata as a flatbuffer of its own."""
    graph = metadata.SubGraphMetadataT()
    graph.inputTensorMetadata = [_image_tensor(scaling)]
    graph.outputTensorMetadata = [_named_tensor(f"out{number}") for number in range(outputs)]
    tree = metadata.ModelMetadataT()
    tree.name = scaling.name
    tree.subgraphMetadata = [graph]
    return _finished(tree, METADATA_MARK)


def _image_tensor(scaling: Scaling) -> Any:
    """Describe the input: an RGB image, scaled."""
    tensor = _named_tensor("image")
    tensor.content = metadata.ContentT()
    tensor.content.contentPropertiesType = metadata.ContentProperties.ImageProperties
    tensor.content.contentProperties = metadata.ImagePropertiesT()
    tensor.content.contentProperties.colorSpace = metadata.ColorSpaceType.RGB
    unit = metadata.ProcessUnitT()
    unit.optionsType = metadata.ProcessUnitOptions.NormalizationOptions
    unit.options = metadata.NormalizationOptionsT()
    unit.options.mean, unit.options.std = [scaling.mean], [scaling.std]
    tensor.processUnits = [unit]
    tensor.stats = metadata.StatsT()
    tensor.stats.min, tensor.stats.max = [scaling.low], [scaling.high]
    return tensor


def _named_tensor(name: str) -> Any:
    tensor = metadata.TensorMetadataT()
    tensor.name = name
    return tensor


def _finished(tree: Any, mark: bytes) -> bytes:
    """Return the flatbuffer of an object tree."""
    builder = flatbuffers.Builder(0)
    builder.Finish(tree.Pack(builder), mark)
    return bytes(builder.Output())


def _aligned_vector(builder: flatbuffers.Builder, data: bytes) -> int:
    """Write a vector of bytes at a multiple of 16. CreateByteVector knows no alignment."""
    builder.StartVector(1, len(data), BUFFER_ALIGN)
    builder.head -= len(data)
    builder.Bytes[builder.head : builder.head + len(data)] = data
    return int(builder.EndVector())


def _zipped(entries: dict[str, bytes]) -> bytes:
    """Return a zip with neither compression, nor time of day, each entry at a multiple of 64."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.create_system = 3  # Else it differs between Windows and the rest.
            start = target.tell() + ZIP_HEADER_BYTES + len(name) + EXTRA_HEADER_BYTES
            padding = -start % ENTRY_ALIGN
            entry.extra = EXTRA_ID + padding.to_bytes(2, "little") + bytes(padding)
            archive.writestr(entry, data)
    return target.getvalue()


def _model(path: Path, length: int | None) -> bytes:
    """Return the first `length` bytes of a file of the package, a TFLite model."""
    try:
        data = path.read_bytes()[:length]
    except OSError as error:
        raise BuildError(f"{path} cannot be read; give a whole {PACKAGE} {VERSION}") from error
    if data[4:8] != TFLITE_MARK:
        raise BuildError(f"{path} holds no TFLite model; give {PACKAGE} {VERSION}")
    return data


def _text(name: bytes | str) -> str:
    return name.decode() if isinstance(name, bytes) else name


@contextmanager
def _package(given: Path | None) -> Iterator[Path]:
    """Give the folder of the unpacked package: the one given, or unpacked, or fetched first."""
    if given is not None and given.is_dir():
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = _fetched(Path(folder)) if given is None else given
        try:
            with tarfile.open(archive) as packed:
                packed.extractall(folder, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise BuildError(f"{archive} cannot be unpacked: {error}") from error
        yield Path(folder) / "package"


def _fetched(folder: Path) -> Path:
    """Let npm fetch the package into `folder`, from wherever this machine's npm fetches."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}"]
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(
            f"`{' '.join(command)}` failed ({error}); install npm, or give --package"
        ) from error
    return next(folder.glob("*.tgz"))


def _check(package: Path, bundles: dict[str, bytes]) -> int:
    """Say what differs: from a second build, from models.toml, from the files that are there."""
    listed = tomllib.loads((HERE / LIST_NAME).read_text(encoding="utf-8"))["model"]
    wrong = [line for name in VARIANTS for line in _faults(package, name, bundles[name], listed)]
    for line in wrong or [f"{len(bundles)} bundles as listed, byte for byte"]:
        sys.stdout.write(f"{line}\n")
    return 1 if wrong else 0


def _faults(package: Path, variant: str, built: bytes, listed: dict[str, Any]) -> Iterator[str]:
    path = HERE / _file_name(variant)
    if bundle(package, variant) != built:
        yield f"{variant}: two builds differ"
    if listed[variant]["sha256"] != hashlib.sha256(built).hexdigest():
        yield f"{variant}: not the sha256 listed in {LIST_NAME}"
    there = path.read_bytes() if path.exists() else None
    if there != built and (there is not None or variant in SHIPPED):
        yield f"{variant}: {path.name} is missing or differs from the build"


def _file_name(variant: str) -> str:
    return f"pose_landmarker_{variant}.task"


def _list_text(bundles: dict[str, bytes]) -> str:
    """Return models.toml."""
    head = "# Written by build_models.py. Coreline refuses a bundle with another sha256.\n"
    return head + "".join(_table(variant, data) for variant, data in bundles.items())


def _table(variant: str, data: bytes) -> str:
    return (
        f"\n[model.{variant}]\n"
        f'file = "{_file_name(variant)}"\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        f"bytes = {len(data)}\n"
        f"shipped = {str(variant in SHIPPED).lower()}\n"
        'licence = "Apache-2.0"\n'
        f'origin = "npm {PACKAGE} {VERSION}"\n'
    )


def _replace(path: Path, data: bytes) -> None:
    """Put `data` at `path` whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(data)
    try:
        Path(part.name).chmod(0o644)
        Path(part.name).replace(path)
    except OSError:
        Path(part.name).unlink(missing_ok=True)
        raise


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the pose model bundles.")
    parser.add_argument("--package", type=Path, help=f"unpacked folder or .tgz of {PACKAGE}")
    parser.add_argument("--variant", nargs="+", choices=VARIANTS, default=list(SHIPPED))
    parser.add_argument("--check", action="store_true", help="build, compare, write nothing")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
