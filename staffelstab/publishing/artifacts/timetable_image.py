"""The timetable's image inside an artifact: one Markdown image that needs nothing else, and asks nobody for it.

The Prefect UI shows an SVG from a data address, sharp at any size and a fifth as large as the PNG; nothing of a plan's words can
leave the image, and its alternative text says the same.
"""

from __future__ import annotations

import base64
import re

from staffelstab.documents.rendering.characters import harmless
from staffelstab.documents.rendering.markdown import Markdown
from staffelstab.publishing.calendar.timetable_drawing import timetable
from staffelstab.submissions.case.contents import Case

_MARKS = re.compile(r"[\\\[\]*_`<>]|&(?=[#\w])")


def picture(case: Case) -> Markdown:
    """The image, as it stands today."""
    figure = timetable(case.plan, case.today)
    drawn = base64.b64encode(figure.svg.encode()).decode("ascii")
    return Markdown(f"![{_inside_brackets(figure.alt)}](data:image/svg+xml;base64,{drawn})")


def _inside_brackets(words: str) -> str:
    """Words that mean nothing to Markdown there; the interface reads them out as they are, so no more is escaped than must be."""
    return _MARKS.sub(lambda match: f"\\{match[0]}", " ".join(harmless(words).split()))
