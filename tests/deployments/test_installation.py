"""What `installation.toml` may say, and that what cannot be used is a sentence that quotes no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from deployments.installation import Installation, is_installation, read_installation
from staffelstab.errors import StaffelstabError

SECRET = "geheim-geheim-geheim-geheim"


def written(tmp_path: Path, text: str, mode: int = 0o600) -> Path:
    file = tmp_path / "installation.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_everything_it_may_say_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'folders = ["verein", "/srv/gemeinde"]\nport = 4300\ndatabase = "postgresql://a:b@127.0.0.1/prefect"\n'
        f'password = "{SECRET}"\nat_once = 0\n',
    )
    folders = (tmp_path / "verein", Path("/srv/gemeinde"))
    assert read_installation(file) == Installation(
        file, folders, 4300, "postgresql+asyncpg://a:b@127.0.0.1/prefect", SECRET, 0
    )


def test_folders_are_enough(tmp_path: Path) -> None:
    found = read_installation(written(tmp_path, 'folders = ["verein"]'))
    assert (found.port, found.database, found.password, found.at_once) == (None, "", "", 2)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "unusable"),
        ("folders = []", "unusable"),
        (f'folders = ["a"]\n{SECRET} = 1', "unusable"),
        (f'folders = ["a"]\nport = "{SECRET}"', "unusable"),
        ('folders = ["a"]\nat_once = -1', "unusable"),
        (f'folders = ["{SECRET}"', "no_toml"),
        ('folders = ["a", "./a"]', "twice"),
        ('folders = ["a"]\npassword = "kurz"', "password"),
        (f'folders = ["a"]\npassword = "{SECRET} mit Leerzeichen"', "password"),
        (f'folders = ["a"]\ndatabase = "mysql://{SECRET}@x/y"', "database"),
        (f'folders = ["a"]\ndatabase = "{SECRET}"', "database"),
        ("#" * 200_000, "unreadable"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(StaffelstabError) as refused:
        read_installation(written(tmp_path, text))
    assert refused.value.key == f"deployments.installation.{key}"
    for language in ("de", "en"):
        assert "installation.toml" in refused.value.text(language)
        assert ("=" in text and SECRET + " = 1" in text) or SECRET not in refused.value.text(language)


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StaffelstabError, match="mode"):
        read_installation(written(tmp_path, 'folders = ["a"]', 0o644))


def test_a_plan_is_no_installation(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").touch()
    assert [is_installation(place) for place in (tmp_path, tmp_path / "plan.toml", tmp_path / "x.toml")] == [False] * 3
    assert is_installation(written(tmp_path, ""))
