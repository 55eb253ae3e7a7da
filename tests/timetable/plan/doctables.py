"""The tables of docs/plan.md as the model has them: `python -m tests.timetable.plan.doctables` prints them anew."""

from __future__ import annotations

import msgspec

from staffelstab.timetable.plan import model
from staffelstab.timetable.plan.json_schema import descriptions

SHOWN = list(descriptions())


def table(name: str) -> str:
    """The rows of one class: its fields, those that must be there in bold, with what they mean."""
    needed = required(name)
    rows = [
        f"| {f'**`{key}`**' if key in needed else f'`{key}`'} | {said} |" for key, said in descriptions()[name].items()
    ]
    return "\n".join(["| field | meaning |", "|---|---|", *rows])


def required(name: str) -> set[str]:
    """The fields without which a section cannot be used."""
    struct = getattr(model, name, None)
    if not (isinstance(struct, type) and issubclass(struct, msgspec.Struct)):
        return set()
    return {field.encode_name for field in msgspec.structs.fields(struct) if field.required}


if __name__ == "__main__":
    for shown in SHOWN:
        print(f"{shown}\n\n{table(shown)}\n")  # noqa: T201 -- it is there to print
