"""Make the icon of the program, as Windows and macOS want it, from its drawing.

    python icons/build_icons.py

`coreline.svg` is drawn by hand and is what Linux and the window itself use.
"""

from pathlib import Path

import pygame
from PIL import Image

HERE = Path(__file__).resolve().parent
ICO_SIZES = [(side, side) for side in (16, 24, 32, 48, 64, 128, 256)]


def drawing(path: Path) -> Image.Image:
    """Return a drawing as pixels, as large as it says."""
    surface = pygame.image.load(path)
    return Image.frombytes("RGBA", surface.get_size(), pygame.image.tobytes(surface, "RGBA"))


def build(folder: Path = HERE) -> None:
    """Write both files beside the drawing."""
    image = drawing(HERE / "coreline.svg")
    image.save(folder / "coreline.ico", sizes=ICO_SIZES)
    image.save(folder / "coreline.icns")


if __name__ == "__main__":
    build()
