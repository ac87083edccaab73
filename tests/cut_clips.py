"""The beginning of a clip, where no more of it is needed: the model takes long over each frame."""

from pathlib import Path

import cv2


def beginning_of(clip: Path, place: Path, seconds: float) -> Path:
    """Write the first seconds of a clip at another place, and return that."""
    reader = cv2.VideoCapture(str(clip))
    fps = reader.get(cv2.CAP_PROP_FPS)
    there, image = reader.read()
    size = (image.shape[1], image.shape[0])
    writer = cv2.VideoWriter(str(place), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
    for _ in range(round(seconds * fps)):
        assert there
        writer.write(image)
        there, image = reader.read()
    writer.release()
    reader.release()
    return place
