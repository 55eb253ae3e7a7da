"""In a real browser: the timetable's picture is shown in the interface, and nobody else is asked for it."""

from __future__ import annotations

import datetime as dt

import pytest
from prefect import flow
from prefect.artifacts import create_markdown_artifact

from deployments.server.process import Server
from staffelstab.publishing.artifacts.timetable_image import picture
from staffelstab.submissions.case.contents import Case
from tests.conftest import at, require
from tests.deployments.keyboard import page_of
from tests.publishing.calendar.test_timetable import example

pytestmark = [require("chromium"), pytest.mark.usefixtures("live")]

SHOWN = """new Promise(done => {
    const look = () => {
        const found = [...document.querySelectorAll('img')].find(image => image.src.startsWith('data:image/svg'));
        found && found.naturalWidth ? done(`${found.naturalWidth} ${found.alt}`) : requestAnimationFrame(look);
    };
    look();
})"""


@flow(name="picture", persist_result=False)
def show(markdown: str) -> str:
    """An artifact as the overviews are."""
    return str(create_markdown_artifact(key="picture", markdown=markdown))


def test_the_picture_is_shown_with_its_words_and_no_foreign_host_is_asked(live: Server) -> None:
    case = Case(plan=example(), now=at("2018-03-05 07:00"))
    artifact = show(f"# Zeitplan von heute\n\n{picture(case)}\n")
    with page_of() as page:
        page.open(live.link(), "Zeitpläne auf diesem Rechner")
        for place in ("v2/artifacts/artifact", "artifacts/artifact"):
            page.open(f"{live.address}/{place}/{artifact}", "Zeitplan von heute")
            width, _, alt = str(page.run(SHOWN)).partition(" ")
            assert width == "560"
            assert alt.startswith("Zeitplan „Vorschlag zur Entwicklung eines Konzepts zur Mitgliederarbeit“.")
            assert "voraussichtlich 17. August 2018 oder 18. August 2018" in alt
        assert page.foreign == set()
    assert case.today == dt.date(2018, 3, 5)
