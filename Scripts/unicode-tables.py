#!/usr/bin/env python3
"""Writes the properties that PRECIS needs and the Swift standard library does not have.

    Scripts/unicode-tables.py Sources/XMPP/JID    (UnicodeRanges.swift, CanonicalMappings.swift, …)
"""

import pathlib
import sys

import precis_environment

# Code points that are not assigned have a class by their block (DerivedBidiClass.txt, @missing).
RIGHT_TO_LEFT_BLOCKS = [(0x590, 0x8FF), (0xFB1D, 0xFDCF), (0xFDF0, 0xFDFF), (0xFE70, 0xFEFF),
                        (0x10800, 0x10FFF), (0x1E800, 0x1EFFF)]
CLASSES = {"L": "left", "R": "right", "AL": "right", "AN": "arabicNumber", "EN": "europeanNumber",
           "ES": "neutral", "CS": "neutral", "ET": "neutral", "ON": "neutral", "BN": "neutral"}
ORDER = ["left", "right", "arabicNumber", "europeanNumber", "neutral"]


def bidi_runs():
    """(runs, marks of class L): the runs skip whatever an identifier cannot hold, and marks of class NSM."""
    import unicodedata2
    from precis_i18n.derived import CONTEXTJ, CONTEXTO, PVALID, derived_property
    from precis_i18n.unicode import UnicodeData
    ucd = UnicodeData(unicodedata2)
    runs, marks = [], []
    for cp in range(0x110000):
        char = chr(cp)
        if unicodedata2.category(char) == "Cn":
            name = "right" if any(a <= cp <= b for a, b in RIGHT_TO_LEFT_BLOCKS) else "left"
        elif derived_property(cp, ucd)[0] not in (PVALID, CONTEXTJ, CONTEXTO):
            continue
        elif unicodedata2.category(char) in ("Mn", "Me"):
            if unicodedata2.bidirectional(char) != "NSM":
                assert unicodedata2.bidirectional(char) == "L"
                marks.append((cp, cp))
            continue
        else:
            name = CLASSES[unicodedata2.bidirectional(char)]
        if not runs or runs[-1][1] != name:
            runs.append((cp, name))
    return [(0, runs[0][1]), *runs[1:]], marks


def ranges(*tables):
    """The merged ranges of tables in the form of the package idna: start << 32 | end (exclusive)."""
    spans = sorted((packed >> 32, (packed & 0xFFFFFFFF) - 1) for table in tables for packed in table)
    merged = []
    for first, last in spans:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def lines(items):
    """Comma-separated items, broken at 116 columns."""
    out, line = [], "       "
    for item in items:
        if len(line) + len(item) + 2 > 116:
            out.append(line)
            line = "       "
        line += " " + item + ","
    return "\n".join([*out, line])


def range_set(name, comment, spans):
    body = lines(f"0x{a:04x}, 0x{b:04x}" for a, b in spans)
    return f"    /// {comment}\n    static let {name} = RangeSet([\n{body}\n    ])\n"


def mappings(kind):
    """The decomposition mappings of one kind as text: `key:scalar.scalar`, the key left out after its
    predecessor."""
    import unicodedata2
    previous, entries = -2, []
    for cp in range(0x110000):
        fields = unicodedata2.decomposition(chr(cp)).split()
        if not fields or fields[0].startswith("<") != (kind == "compatibility"):
            continue
        mapped = ".".join(f"{int(field, 16):x}" for field in fields if not field.startswith("<"))
        entries.append(mapped if cp == previous + 1 else f"{cp:x}:{mapped}")
        previous = cp
    out, line = [], "       "
    for entry in entries:
        if len(line) + 1 + len(entry) > 120:
            out.append(line)
            line = "       "
        line += " " + entry
    return "\n".join([*out, line])


MADE = "Made by Scripts/unicode-tables.py: do not edit."


def write_ranges(path):
    import idna.idnadata as idna_data
    joining, scripts = idna_data.joining_types, idna_data.scripts
    runs, marks = bidi_runs()
    run_lines = lines(f"0x{cp << 3 | ORDER.index(name):06x}" for cp, name in runs)
    sections = [
        range_set("greek", "Script=Greek.", ranges(scripts["Greek"])),
        range_set("hebrew", "Script=Hebrew.", ranges(scripts["Hebrew"])),
        range_set("kanaAndHan", "Script=Hiragana, Katakana or Han.",
                  ranges(scripts["Hiragana"], scripts["Katakana"], scripts["Han"])),
        range_set("joiningLeftOrDual", "Joining_Type=L or D: joins the letter after it.",
                  ranges(joining["L"], joining["D"])),
        range_set("joiningRightOrDual", "Joining_Type=R or D: joins the letter before it.",
                  ranges(joining["R"], joining["D"])),
        range_set("marksOfClassLeft", "Nonspacing marks of Bidi_Class=L; all others are of class NSM.", marks),
        "    /// Bidi_Class as the Bidi Rule tells it apart, for what an identifier can hold, marks left out:\n"
        "    /// `first << 3 | class`, where the class holds up to the next entry.\n"
        f"    static let bidi: [UInt32] = [\n{run_lines}\n    ]\n",
    ]
    path.write_text(
        f"// Unicode properties that the standard library does not have. {MADE}\n\n"
        "/// Character tables of Unicode 17 (scripts and joining types: 18).\n"
        "enum UnicodeRanges {\n" + "\n".join(sections) + "}\n")


def write_mappings(path, kind):
    path.write_text(
        f"// {kind.capitalize()} decomposition mappings of Unicode 17. {MADE}\n\n"
        "extension MappingTable {\n"
        f"    /// Decomposition_Mapping with Decomposition_Type {'=' if kind == 'canonical' else '≠'} Canonical.\n"
        f"    static let {kind} = MappingTable(\n"
        f'        """\n{mappings(kind)}\n        """)\n'
        "}\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    write_ranges(folder / "UnicodeRanges.swift")
    write_mappings(folder / "CanonicalMappings.swift", "canonical")
    write_mappings(folder / "CompatibilityMappings.swift", "compatibility")


if __name__ == "__main__":
    precis_environment.enter()
    main()
