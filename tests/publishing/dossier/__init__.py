"""Tests of staffelstab/publishing/dossier."""
