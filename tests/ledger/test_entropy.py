"""Ids that nobody can guess, and ids that a repeated rehearsal finds again."""

from __future__ import annotations

from staffelstab.ledger.entropy import Entropy


def test_live_bytes_are_new_every_time() -> None:
    live = Entropy.live()
    assert live.bytes(32, "salt") != live.bytes(32, "salt")
    assert len({live.token("id") for _ in range(1000)}) == 1000


def test_seeded_bytes_follow_from_seed_and_label_in_any_order() -> None:
    forwards, backwards = Entropy.seeded("plan"), Entropy.seeded("plan")
    labels = [f"object:{n}" for n in range(50)]
    tokens = {label: forwards.token(label) for label in labels}
    assert tokens == {label: backwards.token(label) for label in reversed(labels)}
    assert len(set(tokens.values())) == 50
    assert Entropy.seeded("another plan").token(labels[0]) != tokens[labels[0]]


def test_as_many_bytes_as_asked_for() -> None:
    seeded = Entropy.seeded("plan")
    long = seeded.bytes(100, "secret")
    assert (len(long), len({long[i : i + 32] for i in (0, 32, 64)})) == (100, 3)
    assert seeded.bytes(0, "nothing") == b""


def test_a_token_is_fit_for_a_file_name() -> None:
    token = Entropy.live().token("id")
    assert len(token) == 16
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_a_seed_does_not_show() -> None:
    assert repr(Entropy.seeded("geheim")) == "Entropy()"
