"""A strict reader of its own, so that what `icalendar` writes is not only read by `icalendar`."""

from __future__ import annotations

import re

_PROPERTY = re.compile(r"(?P<name>[A-Z][A-Z0-9-]*)(?P<params>(?:;[A-Z-]+=[^:;]+)*):(?P<value>.*)", re.DOTALL)

Properties = dict[str, str]


def lines(data: bytes) -> list[str]:
    """The unfolded content lines. Every physical line ends with CRLF and has at most 75 octets (RFC 5545, 3.1)."""
    assert data.endswith(b"\r\n")
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    assert [line for line in physical if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    return b"\r\n".join(physical).replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def events(data: bytes) -> list[Properties]:
    """The VEVENTs, each with its unescaped properties; alarms as "ALARM" triggers joined by a blank."""
    found: list[Properties] = []
    stack: list[str] = []
    for line in lines(data):
        match = _PROPERTY.fullmatch(line)
        assert match, line
        name, value = match["name"], match["value"]
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in found[-1], f"{name} twice"
            found[-1][name] = unescaped(value)
        elif stack[-1] == "VALARM" and name == "TRIGGER":
            found[-1]["ALARM"] = f"{found[-1].get('ALARM', '')} {value}".strip()
    assert stack == []
    return found


def unescaped(text: str) -> str:
    """A TEXT value as it was meant (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)
