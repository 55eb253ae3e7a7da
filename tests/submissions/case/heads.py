"""Papers as the reader hands them over, for tests of what their heads say."""

from __future__ import annotations

from staffelstab.documents.extraction.extracted_text import HeadField, Paragraph
from staffelstab.documents.extraction.head_fields import head_fields, labels_of
from staffelstab.documents.extraction.reader import heading_labels
from staffelstab.submissions.case.heading import Heading, split_heading
from staffelstab.timetable.plan.model import Plan


def fields(*paragraphs: str) -> tuple[HeadField, ...]:
    """The fields with which these paragraphs begin."""
    return head_fields(paragraphs, labels_of(heading_labels()))


def split(plan: Plan, *paragraphs: str) -> tuple[Heading, list[str]]:
    """The head and the texts after it."""
    heading, body = split_heading(plan, fields(*paragraphs), [Paragraph(text) for text in paragraphs])
    return heading, [text for text, _ in body]
