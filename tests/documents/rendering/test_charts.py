"""Charts: the drawing is well-formed and alone, and the sentence beside it says the same numbers."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from staffelstab.documents.rendering.charts import Mark, bars, intervals, matrix
from staffelstab.documents.rendering.manuscript import Figure
from staffelstab.documents.rendering.typeset import png

LEGEND = {"yes": Mark("●", "gehört", 0.9), "no": Mark("○", "nicht gefragt", 0.0)}


def texts(figure: Figure) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(figure.svg).iter() if element.tag.endswith("text")]


def test_bars_say_label_and_number_below_zero_too() -> None:
    figure = bars([("Görlitz", 3), ("Leipzig <b>", 0), ("Zwickau", -2)], "Saldo", "Mitglieder", "de")
    assert figure.name == "saldo"
    assert figure.alt == "Balkendiagramm „Saldo, Mitglieder“: Görlitz 3, Leipzig <b> 0 und Zwickau -2."
    assert texts(figure) == ["Saldo", "Mitglieder", "Görlitz", "3", "Leipzig <b>", "0", "Zwickau", "-2"]


def test_intervals_say_value_and_range_in_the_language() -> None:
    figure = intervals([("Begrüßung", 4.25, 3.5, 5.0)], "Needs", "mean", "en")
    assert figure.alt == "Chart with ranges “Needs, mean”: Begrüßung 4.2 (between 3.5 and 5.0)."
    assert "4.2 (3.5 – 5.0)" in texts(figure)


def test_a_matrix_says_every_cell_and_explains_its_signs() -> None:
    figure = matrix([("Görlitz", ("yes", "no"))], ("Vorsitz", "Finanzen"), LEGEND, "Gehört", "de", name="heard")
    assert figure.name == "heard"
    assert figure.alt == "Übersicht „Gehört“: Görlitz: Vorsitz gehört, Finanzen nicht gefragt."
    assert texts(figure)[-4:] == ["●", "gehört", "○", "nicht gefragt"]


def test_headings_of_narrow_columns_run_upwards() -> None:
    columns = [f"Fachausschuss Nummer {n}" for n in range(9)]
    figure = matrix([("Görlitz", ("yes",) * 9)], columns, LEGEND, "Gehört", "de")
    assert figure.svg.count("rotate(-90)") == 9


@pytest.mark.parametrize(
    "figure",
    [
        bars([], "Leer", "x", "de"),
        intervals([], "Leer", "x", "de"),
        matrix([], ("a",), LEGEND, "Leer", "de"),
    ],
)
def test_without_rows_a_chart_says_so(figure: Figure) -> None:
    assert (figure.alt, texts(figure)) == ("Schaubild „Leer“: noch keine Angaben.", ["Leer", "Noch keine Angaben."])


def test_extreme_numbers_are_drawn_and_impossible_ones_refused() -> None:
    rows = [("nichts", 0.0), ("viel", 1e9), ("wenig", 1e-9)]
    assert png(bars(rows, "Extreme", "", "de").svg).startswith(b"\x89PNG")
    assert png(bars([("nichts", 0)], "Null", "", "de").svg) == png(bars([("nichts", 0)], "Null", "", "de").svg)
    assert png(intervals([("a", 0, 0, 0)], "Null", "", "de").svg).startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="finite"):
        bars([("a", float("nan"))], "Unzahl", "", "de")
    with pytest.raises(ValueError, match="finite"):
        intervals([("a", 1, 0, float("inf"))], "Unzahl", "", "de")
