"""One reader for all tests of a file: starting the child is what costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from staffelstab.documents.extraction.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as started:
        yield started
