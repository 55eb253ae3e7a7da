"""The resolution's text, read once: its lines and sentences, its sheet, the sections of its phases. Nothing is concluded here."""
