"""The colours, and the contrast between two of them.

Every colour that carries a meaning is paired with a shape or a word where it is used.
"""

Colour = tuple[int, int, int]

GROUND: Colour = (16, 20, 24)
PANEL: Colour = (34, 41, 48)
INK: Colour = (242, 245, 247)
MUTED: Colour = (164, 174, 183)

GOOD: Colour = (98, 206, 162)
WARN: Colour = (240, 228, 66)
FAULT: Colour = (244, 140, 60)
CALM: Colour = (110, 190, 240)
RECORDING: Colour = (255, 96, 96)

GOOD_GROUND: Colour = (18, 44, 36)
CORRECTION_GROUND: Colour = (61, 38, 19)
CORRECTION_INK: Colour = (255, 214, 168)
UNSEEN_GROUND: Colour = (18, 42, 66)
UNSEEN_INK: Colour = (190, 227, 255)

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
