"""`python -m tests.publishing.baton.packer BAG`: pack one baton and end, for tests that watch what the system is asked to do."""

from __future__ import annotations

import sys
from pathlib import Path

from staffelstab.publishing.baton.packing import pack
from tests.publishing.baton.conftest import INFO, ON

FILES = {"dossier.md": b"Text", "papers/B07.txt": b"Text", "empty.csv": b""}
"""Names that strace prints as they are."""

if __name__ == "__main__":
    pack(Path(sys.argv[1]), FILES, info=INFO, predecessor=None, on=ON)
