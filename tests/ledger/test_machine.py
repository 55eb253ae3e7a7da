"""A ledger under any sequence of use is what a list and a dictionary would be, and always verifies."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content, Entry
from tests.ledger.conftest import NOON

KEYS = st.none() | st.sampled_from([f"k{n}" for n in range(6)])
FACTS = st.dictionaries(
    st.text("abcö", max_size=5), st.integers() | st.booleans() | st.text("xyzß ", max_size=20), max_size=3
)
CONTENTS = st.none() | st.builds(Content, st.sampled_from(["original", "extract"]), st.just("text/plain"), st.binary())


class InterruptedPageError(Exception):
    """Something went wrong in the middle of a page."""


class LedgerMachine(RuleBasedStateMachine):
    """Appends, repeats, interruptions, erasures, people and reopening, beside a model of what ought to be there."""

    objects: Bundle[str] = Bundle("objects")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "akte.db"
        self.ledger = Ledger.create(self.path, plan="p", now=NOON)
        self.now = NOON
        self.journal: list[Entry] = self.ledger.entries()
        self.kept: dict[str, bytes] = {}

    def teardown(self) -> None:
        """Check every byte at the end of each story."""
        assert self.ledger.verify(known=[Head(entry.seq, entry.hash) for entry in self.journal]) == []
        self.ledger.close()
        self.folder.cleanup()

    @rule(target=objects, key=KEYS, facts=FACTS, content=CONTENTS, pause=st.integers(-300, 10_000))
    def append(self, key: str | None, facts: dict[str, int | str], content: Content | None, pause: int) -> str:
        latest = max(entry.at for entry in self.journal)
        entry = self.ledger.append(
            "note", at=latest + dt.timedelta(seconds=pause), key=key, facts=facts, content=content
        )
        earlier = [known for known in self.journal if key is not None and known.key == key]
        if earlier:
            assert [entry] == earlier
        else:
            assert (entry.facts, entry.prev) == (facts, self.journal[-1].hash)
            self.journal.append(entry)
            if content is not None:
                self.kept[str(entry.object)] = content.data
        return str(entry.object)

    @rule(facts=FACTS, content=CONTENTS)
    def interrupted(self, facts: dict[str, int | str], content: Content | None) -> None:
        try:
            with self.ledger.writing() as transaction:
                transaction.append("note", at=self.journal[-1].at, facts=facts, content=content)
                raise InterruptedPageError
        except InterruptedPageError:
            pass

    @rule(object_id=consumes(objects))
    def erase(self, object_id: str) -> None:
        if object_id in self.kept:
            del self.kept[object_id]
            latest = max(entry.at for entry in self.journal)
            self.journal.append(self.ledger.erase(object_id, at=latest, office="koordination", reason="Wunsch"))

    @rule(address=st.sampled_from(["a@example.org", "ä@example.org"]))
    def person(self, address: str) -> None:
        person = self.ledger.person(address)
        assert (self.ledger.person(address.upper()), self.ledger.address(person)) == (person, address)

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.path)

    @invariant()
    def everything_is_there_and_nothing_else(self) -> None:
        assert self.ledger.entries() == self.journal
        assert self.ledger.contents(str(entry.object) for entry in self.journal if entry.object) == self.kept


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
