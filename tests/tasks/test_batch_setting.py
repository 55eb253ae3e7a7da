"""Which workers are set; what cannot be used is told in a sentence, before anything is sent to anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.errors import StaffelstabError
from staffelstab.language import LANGUAGES
from tasks import batch_setting
from tasks.batch_setting import FILES, MOST, Workers, workers_set
from tasks.batches import reading_in_batches
from tasks.environment import BATCH_CERTIFICATES, BATCH_WORKERS

SCHEDULER = "tls://dask.example.org:8786"


@pytest.fixture
def certificates(tmp_path: Path) -> Path:
    """A folder as it should be."""
    for name in FILES:
        (tmp_path / name).write_text("-----BEGIN")
        (tmp_path / name).chmod(0o600)
    return tmp_path


def refused(**variables: str) -> StaffelstabError:
    """Why a setting is refused; it can be said in every language."""
    named = {"workers": BATCH_WORKERS, "certificates": BATCH_CERTIFICATES}
    with pytest.raises(StaffelstabError) as error:
        workers_set({named[name]: value for name, value in variables.items()})
    assert all(error.value.text(language) for language in LANGUAGES)
    return error.value


@pytest.mark.parametrize("given", ["", " ", "0"])
def test_without_a_setting_there_are_no_workers(given: str) -> None:
    assert workers_set({BATCH_WORKERS: given}) is None
    assert workers_set({}) is None


def test_a_number_means_workers_on_this_machine() -> None:
    assert workers_set({BATCH_WORKERS: " 2 "}) == Workers(2)


def test_an_address_means_a_scheduler_with_certificates(certificates: Path) -> None:
    found = workers_set({BATCH_WORKERS: SCHEDULER, BATCH_CERTIFICATES: str(certificates)})
    assert found == Workers(scheduler=SCHEDULER, certificates=certificates)


@pytest.mark.attack("batch")
@pytest.mark.parametrize(
    "given",
    [
        "tcp://dask.example.org:8786",
        "dask.example.org:8786",
        "ws://dask.example.org:8786",
        "tls://somebody:secret@dask.example.org:8786",
        "tls://dask.example.org",
        "inproc://x",
        "-1",
        "²",
        "2;3",
        str(MOST + 1),
    ],
)
def test_nothing_but_a_number_or_an_encrypted_scheduler_is_taken(given: str, certificates: Path) -> None:
    assert refused(workers=given, certificates=str(certificates)).key == "batches.error.setting"


@pytest.mark.parametrize("missing", FILES)
def test_a_scheduler_needs_all_certificates(certificates: Path, missing: str) -> None:
    (certificates / missing).unlink()
    assert refused(workers=SCHEDULER, certificates=str(certificates)).key == "batches.error.certificates"
    assert refused(workers=SCHEDULER).key == "batches.error.certificates"


@pytest.mark.attack("batch")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_read_or_write_is_not_used(certificates: Path, mode: int) -> None:
    (certificates / "key.pem").chmod(mode)
    assert refused(workers=SCHEDULER, certificates=str(certificates)).key == "batches.error.key"


@pytest.mark.attack("batch")
@pytest.mark.parametrize("name", [".", "ca.pem", "cert.pem"])
def test_certificates_that_others_can_swap_are_not_used(certificates: Path, name: str) -> None:
    (certificates / name).chmod(0o775)
    assert refused(workers=SCHEDULER, certificates=str(certificates)).key == "batches.error.key"


def test_without_the_extra_packages_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_setting, "NEEDED", ("distributed", "a_package_that_is_not_there"))
    error = refused(workers="2")
    assert error.key == "batches.error.not_installed"
    assert 'pip install "staffelstab[batch]"' in error.text("de")


def test_without_prefect_a_pass_reads_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BATCH_WORKERS, "tcp://nonsense")
    with reading_in_batches("de") as troubles:
        assert troubles == []
