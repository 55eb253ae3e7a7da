"""Names as a plan writes them: bodies, offices and groups in their basic form, ids, short forms written out. Never a person's."""

from __future__ import annotations

import re
import unicodedata

from staffelstab.timetable.draft.words.actor_words import BODIES, OFFICE
from staffelstab.timetable.reading.lists import items
from staffelstab.timetable.vocabulary.words import any_of, words

_LETTERS = str.maketrans(dict(pair.split("=", 1) for pair in words("names.letters")))
_GENDER = re.compile(rf"[*:_](?:{any_of('names.gender_endings')})\b")
_SMALL = frozenset(words("names.small"))
_ARTICLE = re.compile(rf"^(?:{any_of('names.article')})\s+", re.IGNORECASE)
_DATIVE = re.compile(rf"({any_of('names.dative')})n\b", re.IGNORECASE)


def slug(name: str, longest: int = 40, from_end: bool = False) -> str:
    """An id: small letters, digits and hyphens, without small words; of a long name its beginning, or its end."""
    plain = (
        unicodedata.normalize("NFKD", _GENDER.sub("", name).translate(_LETTERS))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    words_ = re.findall(r"[a-z0-9]+", plain)
    parts = [word for word in words_ if word not in _SMALL] or words_
    while len(parts) > 1 and len("-".join(parts)) > longest:
        parts.pop(0 if from_end else -1)
    return "-".join(parts)[:longest] or "x"


def bodies(text: str) -> list[str]:
    """The bodies named in a passage, in their basic form, in order, each once."""
    found = [(match.start(), match["name"]) for pattern in BODIES for match in pattern.finditer(text)]
    return list(dict.fromkeys(name[0].upper() + name[1:] for _, name in sorted(found)))


def is_office(text: str) -> bool:
    """Whether a passage holds a word that only an office has."""
    return bool(OFFICE.search(text))


def office_in(text: str) -> str:
    """The office in "name, office", "name - office", "name (office)" or "the office"; "" where there is none to be seen."""
    parts = re.split(r"\s[-–—]\s|,|;|\(|\)|:", text)
    offices = [bare(part) for part in parts if is_office(part)]
    return offices[-1] if offices else ""


def person_in(text: str) -> str:
    """What stands beside the office on such a line: the name of its holder, used only to recognise them in the text."""
    parts = [part.strip() for part in re.split(r"\s[-–—]\s|,|;|\(|\)|:", text)]
    return next(
        (part for part in parts if re.fullmatch(r"(?:[A-ZÄÖÜ][\w.'-]+\s?){2,4}", part) and not is_office(part)), ""
    )


def bare(name: str) -> str:
    """A name without article and marks."""
    name = " ".join(name.split()).strip(" .,;:*„“\"'")
    while article := _ARTICLE.match(name):
        name = name[article.end() :]
    return name


def nominative(name: str) -> str:
    """A group or function in its basic form: "Stadt-/Kreisverbänden" becomes "Stadt- und Kreisverbände"."""
    name = re.sub(r"-/(?=[A-ZÄÖÜ])", "- und ", bare(name))
    name = _DATIVE.sub(r"\1", name)
    name = re.sub(r"^([a-zäöüß]+)en (?=[A-ZÄÖÜ]\w+(?:en|e|er|s)$)", r"\1e ", name)
    return re.sub(
        r"\b([A-ZÄÖÜ]\w+)en (?=(?:[A-ZÄÖÜ]\w*)?(?:[Bb]evollmächtigte|[Vv]orsitzende|[Bb]eauftragte|[Ss]precher)\b)",
        r"\1e ",
        name,
    )


def listed(text: str) -> list[str]:
    """The members of an enumeration in their basic form."""
    return [name for part in items(text) if (name := nominative(part))]


def written_out(short: str, text: str) -> str:
    """What an acronym stands for, if words of the text begin with its letters in order; "" otherwise."""
    phrase = _phrase(short, text)
    return phrase or _compound(short, text)


def _phrase(short: str, text: str) -> str:
    """LWZ: Landesweite Zusammenschlüsse (two words or more whose beginnings give the letters)."""
    for match in re.finditer(r"\b([A-ZÄÖÜa-zäöü]\w+)\s+([A-ZÄÖÜ]\w+)(?:\s+([A-ZÄÖÜ]\w+))?", text):
        for phrase in ([match[1], match[2]], [match[1], match[2], match[3] or ""]):
            if all(phrase) and _gives(short, phrase):
                return " ".join([phrase[0][0].upper() + phrase[0][1:], *phrase[1:]])
    return ""


def _gives(short: str, phrase: list[str]) -> bool:
    """Whether each word begins with a letter of the acronym, in order, and holds those up to the next word's."""
    letters = short.lower()
    at = 0
    for word in phrase:
        if at >= len(letters) or word[0].lower() != letters[at]:
            return False
        at += 1
        for part in _parts(word.lower())[1:]:
            if at < len(letters) and part[0] == letters[at]:
                at += 1
    return at == len(letters)


def _compound(short: str, text: str) -> str:
    """LPT: Landesparteitag (a German compound whose parts give the letters), perhaps inside a longer one."""
    for match in re.finditer(r"\b[A-ZÄÖÜ][a-zäöüß]{6,}", text):
        parts = _parts(match[0].lower())
        initials = "".join(part[0] for part in parts)
        if initials.startswith(short.lower()) and len(parts) >= len(short):
            compound = "".join(parts[: len(short)])
            return (compound.removesuffix("s") if len(parts) > len(short) else compound).capitalize()
    return ""


_PARTS = re.compile(rf"(?:{any_of('names.compound_parts')})")


def _parts(word: str) -> list[str]:
    """The parts of a compound, as far as they are general words of organisations; the rest is one part."""
    parts: list[str] = []
    at = 0
    while at < len(word) and (part := _PARTS.match(word, at)):
        parts.append(part[0])
        at = part.end()
    return [*parts, word[at:]] if at < len(word) else parts
