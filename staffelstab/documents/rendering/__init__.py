"""Rendering: one Markdown manuscript becomes the same paper as HTML, PDF, DOCX and ODT.

markdown     quoted text made inert; the Jinja environment in which nothing is trusted unless marked
tables       rows of any values → a Markdown table that keeps its column widths in every format
charts       numbers → plain SVG figures with an alt text that says the numbers
render       manuscript → files, byte-identical for the same manuscript
"""
