"""Tests of staffelstab.ledger."""
