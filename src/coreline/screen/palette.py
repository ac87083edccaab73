"""The colours; their contrasts are those that WCAG 2.2 asks for (4.5 for text, 3 for shapes).

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
