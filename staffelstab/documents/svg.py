"""SVG by hand: a few shapes, text that stays text, and labels folded to the room they have.

Lengths are pixels of a drawing `WIDTH` wide; a figure is shown as wide as the text, so 13 px are about 9 pt on A4. Colours
differ in lightness, so that a grey copy can be read.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from staffelstab.documents.characters import harmless

WIDTH = 640.0
SIZE = 13.0
LINE = 16.0

INK = "#1d2b3a"
QUIET = "#55606c"
RULE = "#c3ccd5"
ACCENT = "#1f4e79"
SHADES = ("#14304f", "#3b6ea5", "#8fb3d5", "#d4e1ee", "#f6f3ea")

_FONTS = "'Libertinus Serif', Palatino, Georgia, serif"
_GLYPH = 0.5  # the average width of a letter, in ems; a little more than Libertinus needs


def drawing(parts: Iterable[str], height: float) -> str:
    """The whole SVG document, on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{height:g}" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'font-family="{_FONTS}" font-size="{SIZE:g}" fill="{INK}">\n'
        f'<rect width="{WIDTH:g}" height="{height:g}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", fill: str = INK, bold: bool = False) -> str:
    """One line of text with its baseline at `y`."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}"{weight}>{escape(_line(words))}</text>'


def symbol(x: float, middle: float, sign: str, fill: str = INK) -> str:
    """A large sign centred on a point."""
    return f'<text x="{x:.1f}" y="{middle + 6:.1f}" text-anchor="middle" font-size="18" fill="{fill}">{escape(_line(sign))}</text>'


def lines(x: float, middle: float, folded: Sequence[str], *, anchor: str = "start", bold: bool = False) -> list[str]:
    """Several lines of text, together centred on `middle`."""
    first = middle - (len(folded) - 1) * LINE / 2 + SIZE * 0.34
    return [text(x, first + number * LINE, words, anchor=anchor, bold=bold) for number, words in enumerate(folded)]


def upright(x: float, y: float, words: str) -> str:
    """A line of text that runs upwards from (x, y)."""
    return f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)">{escape(_line(words))}</text>'


def rect(x: float, y: float, width: float, height: float, fill: str, edge: str = "none") -> str:
    """A rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{edge}"/>'


def rule(x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 1) -> str:
    """A straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'


def dot(x: float, y: float, radius: float, fill: str = ACCENT) -> str:
    """A filled circle with a white edge."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="#ffffff"/>'


def width_of(words: str) -> float:
    """About how wide a line of text is."""
    return len(words) * SIZE * _GLYPH


def folded(words: str, room: float) -> list[str]:
    """`words` in lines no wider than `room`; a word too long for a line is parted."""
    return textwrap.wrap(_line(words), max(4, int(room / (SIZE * _GLYPH)))) or [""]


def _line(words: str) -> str:
    return " ".join(harmless(words).split())
