"""A small working folder and a backup of it, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.backup.small_backups import back_up, real_folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder "akte" and beside it "disk" with one backup."""
    place = tmp_path_factory.mktemp("backup")
    real_folder(place / "akte")
    back_up(place / "akte", place / "disk")
    return place


@pytest.fixture
def akte(made_once: Path, tmp_path: Path) -> Path:
    """A copy of the working folder, to be changed."""
    return shutil.copytree(made_once / "akte", tmp_path / "akte")


@pytest.fixture(scope="session")
def backup(made_once: Path) -> Path:
    """The file of the backup; not to be changed."""
    [file] = (made_once / "disk").glob("*.tar")
    return file
