"""SVG by hand: a few shapes, text that stays text, and labels folded to the room they have.

Lengths are pixels of a drawing `WIDTH` wide; a figure is shown as wide as the text, so 13 px are about 9 pt on A4. Colours
differ in lightness, so that a grey copy can be read.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from staffelstab.documents.rendering.characters import drawable, harmless

WIDTH = 640.0
SIZE = 13.0
LINE = 16.0
LONGEST = 300
"""Characters of a label."""
DESCRIPTION = 20_000
"""Characters of what is read out."""

INK = "#1d2b3a"
QUIET = "#55606c"
RULE = "#c3ccd5"
ACCENT = "#1f4e79"
BAR = "#3b6ea5"

HALO = ' stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
_FONTS = "'Libertinus Serif', Palatino, 'Palatino Linotype', Georgia, 'Times New Roman', 'Liberation Serif', serif"
_NARROW, _WIDE = frozenset(" .,:;'|!()[]ijltfrI-‐’"), frozenset("mwMWQÆŒ@%&…—")
_GLYPH = 0.5  # the average width of a letter, in ems; a little more than Libertinus needs


def drawing(
    parts: Iterable[str], height: float, width: float = WIDTH, *, title: str = "", description: str = ""
) -> str:
    """The whole SVG document, on white; `title` and `description` are read out where the drawing cannot be seen."""
    told = (
        f"<title>{escape(_line(title))}</title>\n<desc>{escape(_line(description, DESCRIPTION))}</desc>\n"
        if title
        else ""
    )
    role = ' role="img"' if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" '
        f'font-family="{_FONTS}" font-size="{SIZE:g}" fill="{INK}"{role}>\n{told}'
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
    size: float = 0,
    halo: bool = False,
) -> str:
    """One line of text with its baseline at `y`; `size` in pixels if it is not the usual one, `halo` to be read across lines."""
    style = (
        (' font-weight="bold"' if bold else "") + (f' font-size="{size:g}"' if size else "") + (HALO if halo else "")
    )
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}"{style}>{escape(_line(words))}</text>'


def symbol(x: float, middle: float, sign: str, fill: str = INK) -> str:
    """A large sign centred on a point."""
    return f'<text x="{x:.1f}" y="{middle + 6:.1f}" text-anchor="middle" font-size="18" fill="{fill}">{escape(_line(sign))}</text>'


def lines(x: float, middle: float, folded: Sequence[str], *, anchor: str = "start", bold: bool = False) -> list[str]:
    """Several lines of text, together centred on `middle`."""
    first = middle - (len(folded) - 1) * LINE / 2 + SIZE * 0.34
    return [text(x, first + number * LINE, words, anchor=anchor, bold=bold) for number, words in enumerate(folded)]


def upright(x: float, y: float, words: str, *, size: float = 0) -> str:
    """A line of text that runs upwards from (x, y)."""
    style = f' font-size="{size:g}"' if size else ""
    return f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)"{style}>{escape(_line(words))}</text>'


def rect(x: float, y: float, width: float, height: float, fill: str, edge: str = "none") -> str:
    """A rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{edge}"/>'


def rule(x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 1, *, dashes: str = "") -> str:
    """A straight line, dashed where `dashes` says so (lengths of dash and gap)."""
    style = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"{style}/>'


def polygon(points: Sequence[tuple[float, float]], fill: str, edge: str = "none") -> str:
    """A closed shape."""
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{corners}" fill="{fill}" stroke="{edge}"/>'


def dot(x: float, y: float, radius: float, fill: str = ACCENT) -> str:
    """A filled circle with a white edge."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="#ffffff"/>'


def width_of(words: str) -> float:
    """About how wide a line of text is."""
    return len(words) * SIZE * _GLYPH


def measure(words: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is at most, letter by letter, in any of the fonts that may draw it.

    Where the PDF's fonts lack a character, its number stands there instead: the wider of the two counts.
    """
    line = _line(words)
    ems = max(sum(map(_ems, shown)) for shown in (line, drawable(line)))
    return ems * size * (1.08 if bold else 1.0)


def shortened(words: str, room: float, size: float) -> str:
    """`words` on one line, cut off with … where they are wider than `room`."""
    line = _line(words)
    if measure(line, size) <= room:
        return line
    while line and measure(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…" if line else ""


def _ems(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.2
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.33
    return 0.95 if character in _WIDE else 0.72 if character.isupper() else 0.62 if ord(character) > 0x24F else 0.54


def folded(words: str, room: float) -> list[str]:
    """`words` in lines no wider than `room`; a word too long for a line is parted."""
    return textwrap.wrap(_line(words), max(4, int(room / (SIZE * _GLYPH)))) or [""]


def _line(words: str, most: int = LONGEST) -> str:
    """`words` on one line, as far as a drawing has room for them."""
    line = " ".join(harmless(words[: 2 * most]).split())
    return line if len(line) <= most else f"{line[:most]}…"
