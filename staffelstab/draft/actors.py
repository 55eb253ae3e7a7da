"""Who acts, as the draft comes across them: offices, bodies, groups, functions, each entered once and found by any name."""

from __future__ import annotations

from dataclasses import dataclass, field

from staffelstab.draft.item import Entry
from staffelstab.draft.names import bare, bodies, is_office, nominative, office_in, person_in, slug, written_out
from staffelstab.plan.actors import folded
from staffelstab.reading.strength import strength_of

SHORT_FORM = 5


@dataclass(slots=True)
class Actors:
    """The register. `text` is the whole resolution, in which acronyms are written out."""

    text: str
    entries: dict[str, Entry] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)

    def body(self, name: str, quote: str = "") -> str:
        """The id of a body, entered if it is new; "the Senate" is the Academic Senate where that is known."""
        longer = [known for known in self.of("bodies") if str(known.fields["name"]).endswith(f" {bare(name)}")]
        if len(longer) == 1:
            return longer[0].id
        return self._entered("bodies", bare(name), quote)

    def office(self, name: str, quote: str = "") -> str:
        """The id of an office, entered if it is new."""
        return self._entered("offices", bare(name), quote)

    def group(self, name: str, quote: str = "") -> str:
        """The id of a group of units, entered if it is new."""
        return self._entered("groups", self.full(nominative(name)), quote)

    def role(self, name: str, quote: str = "") -> str:
        """The id of a function within each unit."""
        full = nominative(name)
        found = f"role:{folded(full)}"
        if found not in self.names:
            fields = {"id": self._free(slug(full), "roles"), "name": full}
            if full.isupper():
                fields["short"] = full
            self.entries[found] = Entry("roles", fields | {"quote": quote})
            self.names[found] = str(fields["id"])
        return self.names[found]

    def full(self, name: str) -> str:
        """A name with its acronym written out where the text allows it."""
        if name.isupper() and 2 <= len(name) <= SHORT_FORM:
            return written_out(name, self.text) or name
        return name

    def find(self, name: str) -> str:
        """The id of an actor by any of its names, or by its holder's; "" if there is none."""
        wanted = bare(name)
        for key in (wanted, nominative(wanted), self.full(wanted)):
            if found := self.names.get(folded(key)) or self.holders.get(folded(key)):
                return found
        named = [self.names[folded(body)] for body in bodies(wanted) if folded(body) in self.names]
        return named[0] if named else ""

    def knows(self, name: str) -> bool:
        """Whether there is an actor of this name, or one whose longer name begins with it."""
        wanted = folded(bare(name))
        return bool(self.find(name)) or any(known.startswith(f"{wanted} ") for known in self.names)

    def anyone(self, name: str, quote: str) -> str:
        """The id of whoever is meant: a known actor, a body, an office, otherwise a group of that name."""
        if known := self.find(name):
            return known
        found = bodies(name)
        if found and (len(found[0]) >= len(bare(name)) - 3):
            return self.body(found[0], quote)
        if is_office(name) and not nominative(name).endswith(("en", "e", "s")):
            return self.office(name, quote)
        return self.group(name, quote)

    def signed(self, line: str, quote: str) -> str:
        """The office on a line with its holder's name, who is remembered only to be recognised; "" if it names no office."""
        name = office_in(line)
        if not name:
            return ""
        office = self.find(name) or self.office(name, quote)
        if holder := person_in(line):
            self.holders[folded(holder)] = office
        return office

    def held_in(self, text: str) -> str:
        """The office whose holder is named in a sentence; "" if nobody known is."""
        said = folded(text)
        return next((office for holder, office in self.holders.items() if holder in said), "")

    def entry(self, actor: str) -> Entry:
        """The entry with this id. Raises KeyError."""
        return {entry.id: entry for entry in self.entries.values() if entry.table != "roles"}[actor]

    def of(self, table: str) -> list[Entry]:
        """The entries of one table, in the order found."""
        return [entry for entry in self.entries.values() if entry.table == table]

    def _entered(self, table: str, name: str, quote: str) -> str:
        key = folded(name)
        if key not in self.names:
            fields = {"id": self._free(slug(name), table), "name": name}
            strength = strength_of(quote) if table == "offices" else None
            self.entries[key] = Entry(table, fields | ({"strength": strength} if strength else {}) | {"quote": quote})
            self.names[key] = str(fields["id"])
        return self.names[key]

    def _free(self, wanted: str, table: str) -> str:
        taken = {entry.id for entry in self.entries.values() if (entry.table == "roles") == (table == "roles")}
        return next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if name not in taken)
