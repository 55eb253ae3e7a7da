"""Readings of earlier versions, as this version has them: a ledger keeps them until its papers are read again.

Version 1 kept the head of a mail as it was written and left the head of a paper to whoever asked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.head_fields import head_fields
from staffelstab.documents.extraction.mail_head import mail_head


def upgraded(reading: Reading, labels: Collection[str]) -> Reading:
    """The reading with what its version did not say yet; one of this version as it is. `labels` as of `labels_of`."""
    if reading.head is not None:
        return reading
    headers = {name.replace("_", "-"): value for name, value in reading.headers.items()}
    return replace(
        reading,
        head=head_fields([item.text for item in reading.paragraphs], labels),
        mail=mail_head(headers) if headers else None,
        headers={},
    )
