"""The contrast between two colours, and what WCAG 2.2 asks of it."""

from coreline.screen.palette import Colour

TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0
SRGB_KNEE = 0.04045  # below it sRGB is linear (IEC 61966-2-1)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """Return the relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Return an sRGB channel without its gamma."""
    if channel <= SRGB_KNEE:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
