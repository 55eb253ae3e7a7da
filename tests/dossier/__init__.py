"""Tests of staffelstab/dossier."""
