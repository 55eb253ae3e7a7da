"""Search: what is found and how it is cited, what is never found again, and that nobody learns what was looked for."""

from __future__ import annotations

import re
import shutil
import time
from html import unescape
from pathlib import Path

import pytest

from pages.searching import Asked, Searches
from staffelstab.service.decide import record_decision
from staffelstab.service.search.citable_passages import MOST, Passage
from staffelstab.service.search.index import Index, Kept
from staffelstab.service.withdraw import withdraw
from staffelstab.workspace import find
from tests.conftest import at
from tests.pages.conftest import Pages, Visited, pages_of
from tests.service.small_folder import folder, put, run_at
from tests.year import DirectExecutor

MORNING = "2018-01-10 07:00"
BIDI, BELL = "\u202e", "\x07"
PAPER = (
    "Von: Beisitz 3\n\nWir brauchen mehr Büros auf dem Land. Die Wegstrecken sind lang!\n\n"
    "Für die Kassierer*innen fehlt eine Schulung; auch <b>Café</b> und Straße.\n\n"
    f"Der {BIDI}Zaunkönig{BELL} singt im Garten. Niemand hört ihn."
)


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def cited(page: str) -> list[str]:
    """The citations of a page of results, as one reads them."""
    found = re.findall(r'<ol class="citations">(.*?)</ol>', page, re.DOTALL)
    return [text(item) for item in re.findall(r"<li>(.*?)</li>", found[0], re.DOTALL)] if found else []


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has taken in a paper."""
    root = folder(tmp_path_factory.mktemp("search") / "akte")
    put(root, "beitraege/zuruf.txt", PAPER, at("2018-01-09 12:00"))
    DirectExecutor().daily_pass(str(root), at(MORNING))
    return root


@pytest.fixture
def pages(taken_in: Path) -> Pages:
    """Its pages, to be looked at."""
    return pages_of(taken_in, MORNING)


@pytest.fixture
def copied(taken_in: Path, tmp_path: Path) -> Pages:
    """The pages of a copy, for what changes something."""
    return pages_of(Path(shutil.copytree(taken_in, tmp_path / "akte")), MORNING)


def test_a_hit_is_a_citation_with_the_word_marked(pages: Pages) -> None:
    page = pages.send("archive", words="Büro")
    assert "Wir brauchen mehr <mark>Büros</mark> auf dem Land. …</p>" in page
    assert cited(page) == ["B01.1 · Beitrag · Beisitz 3 · 9. Januar 2018 Wir brauchen mehr Büros auf dem Land. …"]
    address = re.findall(r'<a href="([^"]+#B01.1)">', page)[0]
    paper = pages.browser.get(address).text
    assert 'id="B01.1"' in paper
    assert "Wegstrecken" in paper


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("buero", "Büros"),
        ("BURO", "Büros"),
        ("strasse", "Straße"),
        ("cafe", "Café"),
        ("Kassierer", "Kassierer*innen"),
        ("Kassiererinnen Schulungen", "Schulung"),
        ("Kassierer*innen", "Kassierer*innen"),
        ("weg", "Wegstrecken"),
        ('"auf dem land"', "auf dem Land"),
        ("„Mehr Büros“", "mehr Büros"),
    ],
)
def test_inflected_words_umlauts_accents_and_phrases_are_found(pages: Pages, typed: str, marked: str) -> None:
    page = pages.send("archive", words=typed)
    assert f"<mark>{marked}</mark>" in page


@pytest.mark.parametrize("typed", ['"dem auf land"', "Büro Zaunkönig", "Nachtigall"])
def test_all_words_have_to_be_there_and_phrases_as_they_are(pages: Pages, typed: str) -> None:
    assert "Gefunden wurde nichts." in text(pages.send("archive", words=typed))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        '"',
        "'; DROP TABLE passages; --",
        "NEAR(a b) AND OR NOT * ^ : -",
        "stems : x OR plain : *",
        "{stems plain} : büro",
        "\x00\x07\u202e",
        "<script>alert(1)</script>",
        "(" * 200,
        "a" * 10_000,
        "wort " * 2_000,
        "%00%ff\ud7ff",
        '" " "" "büro',
    ],
)
def test_whatever_is_typed_is_a_question_and_stays_text(pages: Pages, typed: str) -> None:
    answer = pages.browser.post(f"/{pages.plan}/archive", data={"words": typed})
    assert answer.status_code == 200, text(answer.text)
    assert "<script>" not in answer.text
    assert BIDI not in answer.text


def test_what_steers_or_pretends_to_be_html_is_shown_as_text(pages: Pages) -> None:
    page = pages.send("archive", words="Zaunkönig")
    assert "Der <mark>Zaunkönig</mark> singt im Garten. …" in page  # the reader leaves them out already
    assert "&lt;b&gt;Café&lt;/b&gt;" in pages.open("archive/papers/B01")
    assert BIDI not in pages.open("archive/papers/B01")


def test_what_was_looked_for_is_in_no_address_title_or_header(pages: Pages) -> None:
    answer = pages.browser.post(f"/{pages.plan}/archive", data={"words": "Zaunkönig"})
    told = [str(step.url) + str(step.headers) for step in (*answer.history, answer)]
    assert not any("Zaun" in item for item in told)
    assert re.fullmatch(rf"/{pages.plan}/archive/search/[0-9a-f]{{24}}", answer.url.path)
    assert "Zaun" not in re.findall(r"<title>.*?</title>", answer.text)[0]
    assert answer.headers["cache-control"] == "no-store"
    assert "Zaunkönig" in pages.browser.get(answer.url.path).text  # going back or reloading asks nothing anew
    gone = pages.browser.get(f"/{pages.plan}/archive/search/{'0' * 24}")
    assert gone.status_code == 410
    assert "Diese Suche ist nicht mehr bekannt" in text(gone.text)


def test_a_search_is_known_where_it_was_asked_alone_and_the_oldest_is_forgotten() -> None:
    searches, asked = Searches(most=2), Asked("Zaunkönig", "")
    number = searches.remember("/s/one/plan", asked)
    assert searches.find("/s/one/plan", number) == asked
    assert searches.find("/s/two/plan", number) is None
    for _ in range(2):
        searches.remember("/s/one/plan", asked)
    assert searches.find("/s/one/plan", number) is None


def test_nothing_of_the_index_or_a_question_is_written_anywhere(pages: Pages) -> None:
    before = {path: path.stat().st_mtime_ns for path in pages.root.rglob("*")}
    pages.send("archive", words="Nachtigall")
    assert {path: path.stat().st_mtime_ns for path in pages.root.rglob("*")} == before


def test_erased_text_is_not_found_any_more(copied: Pages) -> None:
    assert cited(copied.send("archive", words="Zaunkönig"))
    with find(copied.root).open() as ledger:
        for kind in ("received", "read"):
            entry = ledger.entries(kind)[0]
            ledger.erase(str(entry.object), at=at("2018-01-10 07:00"), office="koordination", reason="Wunsch")
    assert "Gefunden wurde nichts." in text(copied.send("archive", words="Zaunkönig"))
    assert "Zaun" not in copied.open("archive/papers/B01")
    assert "Der Wortlaut liegt nicht vor" in text(copied.open("archive/papers/B01"))


def test_withdrawn_text_is_not_found_either(copied: Pages) -> None:
    run = run_at(copied.root, "2018-01-10 07:00")
    withdraw(run, "B01", "Beisitz 3", "Wunsch der Absenderin")
    assert "Gefunden wurde nichts." in text(copied.send("archive", words="Zaunkönig"))
    assert "Zurückgezogen am 10. Januar 2018" in text(copied.open("archive/papers/B01"))


def test_points_letters_and_rows_are_found_each_with_its_place(visited: Visited) -> None:
    pages = visited("2018-01-22 07:00", passed=False)
    sheet = "Nummer;Überschrift;Text\nV1;schlecht;Der Zaunkönig fehlt im Verband\n"
    put(pages.root, "befunde/befunde.csv", sheet, at("2018-01-21 12:00"))
    needs = "Verband;Bedürfnis;Schwere\nBautzen;Zaunkönige am Abend;4\n"
    put(pages.root, "beduerfnisse/bedarf.csv", needs, at("2018-01-21 12:00"))
    DirectExecutor().daily_pass(str(pages.root), at("2018-01-22 07:00"))
    notes = ["Bitte den Zaunkönig noch einmal hören."]
    record_decision(run_at(pages.root, "2018-01-22 07:00"), "lv-2018-01-19", "noted", notes=notes)
    page = pages.send("archive", words="zaunkönige")
    kinds = " ".join(cited(page))
    assert "V1 · Befund · 21. Januar 2018 Überschrift: schlecht; Text: Der Zaunkönig fehlt im Verband" in kinds
    assert "beduerfnisse 1 · Tabelle" in kinds
    assert "Punkt 1 · aus der Beratung · Landesvorstand · 19. Januar 2018" in kinds
    for address in re.findall(r'<p class="who"><a href="([^"]+)"', page):
        assert pages.browser.get(address).status_code == 200, address
    letter = pages.send("archive", words='"für die Landesvorstandssitzung" Vorlage', kind="letter")
    assert pages.browser.get(f"/{pages.plan}/archive").status_code == 200
    assert "Briefe" in text(letter)


def test_the_index_is_made_once_for_a_state_of_the_record(copied: Pages) -> None:
    kept = Kept()
    run = run_at(copied.root, "2018-01-10 07:00")
    first = kept.index(run)
    assert kept.index(run) is first
    put(copied.root, "beitraege/noch.txt", "Von: Beisitz 4\n\nEine Nachtigall.", at("2018-01-10 12:00"))
    DirectExecutor().daily_pass(str(copied.root), at("2018-01-11 07:00"))
    later = kept.index(run_at(copied.root, "2018-01-11 07:00"))
    assert later is not first
    assert later.ask("Nachtigall").total == 1
    assert kept.index(run).ask("Nachtigall").total == 0  # nobody sees at an earlier moment what came later


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize("filling", ["Wort am Rand. ", "Wortamrand"], ids=["words", "one-word"])
def test_of_a_paragraph_of_five_megabytes_only_parts_are_looked_through(filling: str) -> None:
    text = f"{filling * (5_000_000 // len(filling))} Zaunkönig im Garten"
    index = Index([Passage("paper", "B01.1", text, "", at("2018-01-10").date(), "B01", "B01.1")], "de")

    for typed in ("Wort", "Zaunkönig", '"im Garten"'):
        found = index.ask(typed)
        assert {(hit.passage.ref, hit.passage.anchor) for hit in found.hits} == {("B01.1", "B01.1")}
        assert max(len(hit.passage.text) for hit in found.hits) <= MOST + 4, "the dots with which it goes on"
        assert any(marked for _, marked in found.hits[0].pieces)
    [last] = index.ask("Zaunkönig").hits
    assert last.pieces[0] == ("… ", False)
    assert text.endswith(last.passage.text.removeprefix("… "))


def test_ten_thousand_paragraphs_answer_at_once() -> None:
    words = [f"{first}{second}" for first in "abdefgklmnoprst" for second in ("au", "ei", "in", "or", "und", "ell")]
    texts = (" ".join(words[(number * step) % len(words)] for step in range(1, 61)) for number in range(10_000))
    day = at("2018-01-10").date()
    index = Index((Passage("paper", f"B{n}", line, "", day, f"B{n}") for n, line in enumerate(texts)), "de")
    index.ask("aau")
    took = []
    for typed in ("aau", "bei gin", '"aau bau"', "s"):
        began = time.process_time()
        index.ask(typed)
        took.append(time.process_time() - began)
    assert min(took) < 0.3, took
