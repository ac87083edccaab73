"""The picture of the screen in README, from the sample: just after "Lift your hips." was said.

By hand: PYTHONPATH=tests SDL_VIDEODRIVER=dummy python -m screen.readme_picture FILE
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pygame

from coreline.camera.video import VideoFile
from coreline.data_files import load_catalogue, load_cues
from coreline.screen.scene import Scene
from coreline.session.blocks import Block
from coreline.session.session import Session
from coreline.training.replay import read
from screen.gallery import draw, texts_in

SAMPLE = Path(__file__).parents[2] / "samples" / "w56-belly-bridge.mp4"
SIZE = (1366, 768)
CUE = "fix.hips_up"
LATER = 12  # frames, in which the picture has come to the body


def scenes(clip: Path) -> Iterator[Scene]:
    """Yield what is shown of a clip, a scene a frame."""
    session = Session([Block(load_catalogue().get(clip.stem))], load_cues())
    images = (frame.image_bgr for frame in VideoFile(clip).frames() if frame is not None)
    for image, (t_s, pose) in zip(images, read(clip).frames, strict=False):
        yield Scene(session.step(t_s, pose).view, image, pose)


def main(place: Path) -> None:
    """Write the picture."""
    pygame.display.init()
    with_cue = (each for each in scenes(SAMPLE) if each.view and each.view.cue_id == CUE)
    for number, scene in enumerate(with_cue):
        if number == LATER:
            pygame.image.save(draw(scene, SIZE, texts_in("en")), place)
            return
    raise SystemExit(f'nothing in {SAMPLE.name} has "{CUE}" said')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
