"""The vocabulary: words of every language, as parts of patterns.

A language is a folder beside this file with one file for each subject; all languages have the same keys, some of them empty.

- A value is a list of alternatives in one string, each a regular expression. They stand apart by white space, "~" is the white
  space within one, and "@name" stands for the alternatives under another key of the file ("@file.name": of another file).
- A list of such strings counts: what is the third month or the number three in one language is so in every other.

Which language a resolution is in is not known before it is read, and one may quote another; so a pattern is made of the
alternatives of all languages, unless it asks for those of one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from staffelstab.language import LANGUAGES

FOLDER = Path(__file__).resolve().parent
NEVER = "(?!)"
"""What matches nowhere: the alternatives, where there are none."""

_REFERENCE = re.compile(r"@(\w+(?:\.\w+)?)")
_GROUP = re.compile(r"\(\?P<(\w+)>")


def any_of(key: str, *languages: str, space: str = " ") -> str:
    """The alternatives under `key` ("dates.until") as one part of a pattern, of all languages or of some.

    `space` is the pattern of what may stand between the words of one alternative. Raises KeyError for an unknown key.
    """
    return joined(words(key, *languages, space=space))


def joined(alternatives: Iterable[str]) -> str:
    """Alternatives as one part of a pattern; of none, one that matches nowhere."""
    return "|".join(dict.fromkeys(alternatives)) or NEVER


def words(key: str, *languages: str, space: str = " ") -> tuple[str, ...]:
    """The alternatives under `key` one by one, language after language."""
    return tuple(word.replace("~", space) for language in languages or LANGUAGES for word in _split(key, language))


def anywhere(key: str, *languages: str) -> re.Pattern[str]:
    """A pattern for any of the alternatives under `key`, wherever it stands and however it is capitalised."""
    return re.compile(rf"(?:{any_of(key, *languages)})", re.IGNORECASE)


def whole(key: str, *languages: str) -> re.Pattern[str]:
    """As `anywhere`, but only whole words."""
    return re.compile(rf"\b(?:{any_of(key, *languages)})\b", re.IGNORECASE)


def by_language(key: str) -> str:
    """The alternatives of all languages, their groups told apart: "_" becomes "de", "n" becomes "n_de".

    Of the alternatives of one language only one may have a group of that name.
    """

    def named(found: re.Match[str], language: str) -> str:
        return f"(?P<{language}>" if found[1] == "_" else f"(?P<{found[1]}_{language}>"

    return joined(
        _GROUP.sub(partial(named, language=language), word) for language in LANGUAGES for word in words(key, language)
    )


def spoken(found: re.Match[str], group: str = "") -> str:
    """What a group of a `by_language` pattern holds, whichever language it was; "" where it holds nothing."""
    held = found.groupdict()
    names = (f"{group}_{language}" if group else language for language in LANGUAGES)
    return next((text for name in names if (text := held.get(name))), "")


def counted(key: str, *languages: str) -> tuple[tuple[str, ...], ...]:
    """Place by place what stands for the same in the languages, of all or of some: the months, the numbers."""
    places = [_places(key, language) for language in languages or LANGUAGES]
    return tuple(tuple(word for place in same for word in place) for same in zip(*places, strict=True))


def initials(alternatives: Iterable[str]) -> str:
    """The first letters of words, for a look ahead that tells quickly where none of them begins."""
    return "".join(sorted({word[0] for word in alternatives}))


def has(key: str, language: str) -> bool:
    """Whether a language says yes to what `key` asks ("nouns_capitalised"). Raises KeyError for an unknown key."""
    return _entry(key, language) is True


def text(key: str, language: str) -> str:
    """What a language says under `key`, as it stands there."""
    return str(_entry(key, language))


def _split(key: str, language: str) -> Iterator[str]:
    subject, entry = key.partition(".")[0], _entry(key, language)

    def alternatives(found: re.Match[str]) -> str:
        return joined(_split(found[1] if "." in found[1] else f"{subject}.{found[1]}", language))

    for word in " ".join(entry if isinstance(entry, list) else [str(entry)]).split():
        yield _REFERENCE.sub(alternatives, word)


def _places(key: str, language: str) -> list[tuple[str, ...]]:
    entry = _entry(key, language)
    return [tuple(str(place).split()) for place in entry] if isinstance(entry, list) else []


def _entry(key: str, language: str) -> object:
    subject, _, rest = key.partition(".")
    node: object = _subject(subject, language)
    for part in rest.split("."):
        if not isinstance(node, Mapping) or part not in node:
            raise KeyError(f"{key} ({language})")
        node = node[part]
    return node


@cache
def _subject(name: str, language: str) -> Mapping[str, object]:
    """One file of words, read once."""
    return tomllib.loads((FOLDER / language / f"{name}.toml").read_text(encoding="utf-8"))
