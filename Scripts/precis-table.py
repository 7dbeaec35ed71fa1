#!/usr/bin/env python3
"""Writes what the Python package precis-i18n makes of many texts, for PRECISTableTests to compare with.

    Scripts/precis-table.py Tests/XMPPTests/Resources/precis.tsv

A line is a text and its result by the profiles UsernameCaseMapped, OpaqueString, Nickname without and with case
mapping, separated by tabs. Texts are hexadecimal code points. A result is `=` (the text itself), a text, or why
there is none: `!empty`, `!unstable`, or `!` for a character that is not allowed at all or not in this place or
direction (which of these is found first says nothing).

Only characters that Unicode 14 has are used (the version of Python 3.11), so that the lower case Python knows is
the one that is meant; their other properties are those of unicodedata2. What is to be unassigned is taken from
planes that are not in use.
"""

import random
import sys
import unicodedata

import precis_environment

PROFILES = ["UsernameCaseMapped", "OpaqueString", "NicknameCasePreserved", "NicknameCaseMapped"]
REASONS = {"empty": "!empty", "not_idempotent": "!unstable"}

SEED = random.Random(8264)


def pick(items):
    """One of the items; written out because random.choice may change between versions of Python."""
    return items[SEED.getrandbits(32) % len(items)]


def several(items, least, most):
    """`least` to `most` of the items, joined."""
    return "".join(pick(items) for _ in range(least + SEED.getrandbits(32) % (most - least + 1)))


def span(first, last):
    return [chr(cp) for cp in range(first, last + 1) if unicodedata.category(chr(cp)) not in ("Cn", "Cs")]


def by_category():
    """Every assigned character, by general category."""
    found = {}
    for cp in range(0x110000):
        category = unicodedata.category(chr(cp))
        if category not in ("Cn", "Cs"):
            found.setdefault(category, []).append(chr(cp))
    return found


ASCII = span(0x20, 0x7E)
LETTERS = list("abcxyzABCXYZ019-._")
LATIN = span(0xC0, 0x24F)
GREEK = span(0x370, 0x3FF)
CYRILLIC = span(0x400, 0x52F)
HEBREW = span(0x5D0, 0x5EA) + span(0x5F0, 0x5F4)
HEBREW_POINTS = span(0x591, 0x5C7)
ARABIC = span(0x620, 0x64A) + span(0x671, 0x6D5)
ARABIC_MARKS = span(0x64B, 0x65F)
ARABIC_DIGITS = span(0x660, 0x669)
EXTENDED_DIGITS = span(0x6F0, 0x6F9)
OTHER_RIGHT = span(0x700, 0x74F) + span(0x780, 0x7FF) + span(0x10800, 0x10CFF) + span(0x1E800, 0x1E95F)
DEVANAGARI = span(0x900, 0x97F)
VIRAMAS = list("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u0f84\u1039\u17d2\ua8c4\U00011046")
JOINERS = list("\u200c\u200d")
KANA = span(0x3041, 0x3096) + span(0x30A1, 0x30FA)
HAN = span(0x4E00, 0x4E80) + list("\u3007\u3005\uf900\U00020000")
HANGUL = span(0xAC00, 0xAC40)
JAMO = span(0x1100, 0x11FF)
MARKS = span(0x300, 0x36F) + span(0x1AB0, 0x1AC0) + span(0x20D0, 0x20F0) + list("\u3099\u309a\u0327\u0345")
WIDTH = span(0xFF01, 0xFFEE) + ["\u3000"]
COMPATIBILITY = span(0x2100, 0x214F) + span(0x2460, 0x24FF) + span(0xFB00, 0xFB06) + span(0x1D400, 0x1D4FF)
SPACES = list(" \u00a0\u1680\u2000\u2003\u200a\u202f\u205f\u3000")
IGNORABLE = list("\u00ad\u034f\u061c\u115f\u180b\u200b\u200e\u2060\ufe0f\ufeff\U000e0041")
CASES = list("Σσς\u0130\u0131I\u212a\u212b\u2126\u1e9e\u00df\u01c4\u01c5\u01c6\u0345\u1fbc\u03f4K\u13a0\uab70")
CASE_IGNORABLE = list("'.\u00b7\u0301\u02bc:\u200c")
CONFUSABLE = list("aаɑαoоο0iіıl1ⅼeеcсpрsѕ")
CONTEXTUAL = list("\u00b7\u0375\u05f3\u05f4\u30fb") + JOINERS + ARABIC_DIGITS[:3] + EXTENDED_DIGITS[:3]
EXCEPTIONS = list("\u00df\u03c2\u06fd\u06fe\u0f0b\u3007\u0640\u07fa\u302e\u302f\u3031\u3035\u303b")
PRIVATE = ["\ue000", "\uf8ff", "\U000f0000", "\U0010fffd"]
NONCHARACTERS = ["\ufdd0", "\ufffe", "\uffff", "\U0001ffff", "\U0010ffff"]
UNASSIGNED = ["\U00040000", "\U0005abcd", "\U000d0001", "\U000a1234"]


def singles(categories):
    """Each character alone; of the long uniform blocks one in a hundred."""
    dense = [(0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0x17000, 0x18CFF), (0x20000, 0x3FFFF),
             (0xF0000, 0x10FFFF), (0x12000, 0x1467F), (0x16800, 0x16A3F), (0x1B000, 0x1B2FF), (0xA000, 0xA48C)]
    for characters in categories.values():
        for character in characters:
            cp = ord(character)
            if not any(first <= cp <= last and cp % 100 for first, last in dense):
                yield character
    yield from PRIVATE + NONCHARACTERS + UNASSIGNED


def neighbours():
    """Each contextual character between each pair of kinds of neighbours."""
    kinds = ["", "l", "a", "α", "א", "ب", "ا", "د", "\u0628\u0651", "क", "क\u094d", "か", "漢", "1", "\u0661", "\u06f1",
             "\u00b7", "\u30fb", "\u200c", " "]
    for contextual in CONTEXTUAL:
        for before in kinds:
            for after in kinds:
                yield before + contextual + after


def hangul():
    """Jamo at the edges of what composes, and just outside."""
    leading, vowels, trailing = "\u1100\u1112\u1113\u115f", "\u1160\u1161\u1175\u1176", "\u11a7\u11a8\u11c2\u11c3"
    edges = [*leading, *vowels, *trailing, *"\uac00\uac01\uac1c\ud788\ud7a3"]
    for first in edges:
        for second in edges:
            yield first + second
    for first in leading:
        for second in vowels:
            for third in trailing:
                yield first + second + third


def mixtures(categories):
    """(how many, maker) of random texts."""
    everything = list(categories.values())
    return [
        (1500, lambda: several(ASCII, 1, 12)),
        (800, lambda: several(LETTERS, 0, 6) + several(SPACES, 0, 3) + several(LETTERS, 0, 6) + several(SPACES, 0, 2)),
        (4000, lambda: several(LETTERS, 0, 2) + pick(pick(everything)) + several(LETTERS, 0, 2)),
        (2000, lambda: "".join(pick(pick(everything)) for _ in range(1 + SEED.getrandbits(2)))),
        (1000, lambda: several(LATIN + LETTERS, 1, 8)),
        (600, lambda: several(GREEK + CYRILLIC, 1, 8)),
        (1500, lambda: several(WIDTH, 1, 4) + several(LETTERS + KANA, 0, 2)),
        (1200, lambda: several(KANA + WIDTH + ["\u3099", "\u309a", "\u30fb"], 1, 5)),
        (1500, lambda: several(LATIN + LETTERS + KANA, 1, 2) + several(MARKS, 1, 3) + several(LATIN, 0, 1)),
        (800, lambda: several(JAMO + HANGUL, 1, 4)),
        (1500, lambda: several(HEBREW + HEBREW_POINTS + ["1", "2", "-", "."], 1, 6)),
        (1500, lambda: several(ARABIC + ARABIC_MARKS + ARABIC_DIGITS[:2] + EXTENDED_DIGITS[:2] + ["1"], 1, 6)),
        (1000, lambda: several(OTHER_RIGHT, 1, 4) + several(LETTERS + ARABIC_DIGITS, 0, 1)),
        (1000, lambda: several(HEBREW + ARABIC + LETTERS + MARKS + DEVANAGARI, 1, 6)),
        (1200, lambda: several(ARABIC + ARABIC_MARKS, 1, 3) + "\u200c" + several(ARABIC_MARKS + ARABIC, 1, 3)),
        (800, lambda: several(DEVANAGARI, 1, 2) + several(VIRAMAS, 0, 1) + pick(JOINERS) + several(DEVANAGARI, 0, 2)),
        (1500, lambda: several(CASES + LETTERS, 1, 3) + several(CASE_IGNORABLE, 0, 2) + several(CASES + LETTERS, 0, 2)),
        (1200, lambda: several(CONFUSABLE, 1, 8)),
        (1000, lambda: several(COMPATIBILITY + LETTERS, 1, 5)),
        (800, lambda: several(SPACES, 0, 3) + several(COMPATIBILITY + SPACES + LETTERS, 1, 5) + several(SPACES, 0, 2)),
        (500, lambda: several(LETTERS, 0, 2) + pick(IGNORABLE) + several(LETTERS, 0, 2)),
        (500, lambda: several(HAN + KANA + EXCEPTIONS + CONTEXTUAL, 1, 5)),
        (300, lambda: several(LETTERS, 0, 2) + pick(PRIVATE + NONCHARACTERS + UNASSIGNED) + several(LETTERS, 0, 2)),
        (60, lambda: several(LATIN + CYRILLIC + MARKS + HAN + LETTERS, 80, 160)),
        (40, lambda: several(HEBREW + HEBREW_POINTS, 80, 160)),
    ]


def texts():
    """All texts, each once."""
    categories = by_category()
    seen = {""}
    yield ""
    for source in [singles(categories), neighbours(), hangul()]:
        for text in source:
            if text not in seen:
                seen.add(text)
                yield text
    for count, make in mixtures(categories):
        for _ in range(count):
            text = make()
            if text not in seen:
                seen.add(text)
                yield text


def encode(text):
    return " ".join(f"{ord(character):x}" for character in text)


def result(profile, text):
    try:
        prepared = profile.enforce(text)
    except UnicodeEncodeError as error:
        return REASONS.get(error.reason.removeprefix("DISALLOWED/"), "!")
    return "=" if prepared == text else encode(prepared)


def main():
    import precis_i18n
    import unicodedata2
    assert unicodedata.unidata_version == "14.0.0", "needs Python 3.11, which has Unicode 14"
    profiles = [precis_i18n.get_profile(name, unicodedata=unicodedata2) for name in PROFILES]
    rows = 0
    with open(sys.argv[1], "w", encoding="ascii") as out:
        for text in texts():
            out.write("\t".join([encode(text), *(result(profile, text) for profile in profiles)]) + "\n")
            rows += 1
    print(f"{rows} texts")


if __name__ == "__main__":
    precis_environment.enter()
    main()
