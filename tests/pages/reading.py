"""Pages as a person or a browser reads them."""

from __future__ import annotations

import re
from html import unescape


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(title|head)>.*?</\1>", "", page, flags=re.S))).split())


def hidden(page: str) -> dict[str, str]:
    """What the form of a preview sends along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {unescape(name): unescape(value) for name, value in found}
