import pytest

from coreline.screen import palette
from coreline.screen.palette import Colour
from coreline.screen.widgets.rows import TONES
from screen.contrasts import SHAPE_CONTRAST, TEXT_CONTRAST, contrast


def test_contrast_of_black_and_white_is_the_highest_there_is() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)
    assert contrast((119, 119, 119), (119, 119, 119)) == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["INK", "MUTED", "GOOD", "WARN", "FAULT", "CALM"])
@pytest.mark.parametrize("ground", ["GROUND", "PANEL"])
def test_every_colour_of_a_text_stands_out_on_every_ground(name: str, ground: str) -> None:
    assert contrast(getattr(palette, name), getattr(palette, ground)) >= TEXT_CONTRAST


@pytest.mark.parametrize(("ink", "ground"), TONES.values())
def test_sentences_stand_out(ink: Colour, ground: Colour) -> None:
    assert contrast(ink, ground) >= TEXT_CONTRAST


@pytest.mark.parametrize("band", ["GOOD", "WARN", "FAULT", "MUTED"])
def test_bands_stand_out_from_the_bar(band: str) -> None:
    assert contrast(getattr(palette, band), palette.PANEL) >= SHAPE_CONTRAST
