"""Doc comments of Rust, made readable in Python and JavaScript."""

from __future__ import annotations

import re
import textwrap

WIDTH = 110


def plain(doc: str) -> str:
    """Markdown without what only rustdoc understands: examples in Rust, and links into it, which keep their text."""
    doc = re.sub(r"^```[\s\S]*?^```\n?", "", doc, flags=re.MULTILINE)
    doc = re.sub(r"^#+ +(.*)$", r"\1:", doc, flags=re.MULTILINE)
    doc = re.sub(r"\[(`[^`\]]+`)\](?:\([^)\s]*\)|\[[^\]]*\])?", r"\1", doc)
    doc = re.sub(r"`(?:crate|Self|self|super)::", "`", doc)
    return doc.strip()


def paragraphs(doc: str, indent: int) -> list[str]:
    """The lines of a doc, wrapped; list items stay items."""
    lines: list[str] = []
    for number, block in enumerate(re.split(r"\n\s*\n", plain(doc))):
        if number:
            lines.append("")
        for item in re.split(r"\n(?=\s*[-*] )", block):
            hanging = "  " if re.match(r"\s*[-*] ", item) else ""
            joined = " ".join(item.split())
            lines.extend(textwrap.wrap(joined, WIDTH - indent, subsequent_indent=hanging, break_long_words=False))
    return lines


def entry(head: str, doc: str, indent: int) -> list[str]:
    """One entry of a list of arguments or errors: `head` and its doc, continued with an indentation."""
    text = " ".join(plain(doc).split())
    return textwrap.wrap(
        f"{head} {text}".rstrip(), WIDTH - indent, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def first_sentence(doc: str) -> str:
    """What a list of errors says of one: its first sentence."""
    text = " ".join(plain(doc).split())
    found = re.match(r".*?[.!?](?=\s|$)", text)
    return found[0] if found else text
