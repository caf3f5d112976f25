"""Degrees, certificates and languages as sentences."""

import re

from chains.embedded.page import Page
from chains.embedded.role import certificate_text
from chains.embedded.tidy import joined
from domain import Record, SentenceKind
from language import nouns

_UNFINISHED = re.compile(r"expected|anticipated|in progress|ongoing|present|current|candidate", re.IGNORECASE)


_SPOKEN_WELL = re.compile(r"native|fluent|bilingual|full|C1|C2|mother tongue|professional", re.IGNORECASE)
_SPOKEN_LITTLE = re.compile(r"limited|elementary|basic|convers|begin|learn|some", re.IGNORECASE)


def degree_text(record: Record) -> str:
    """ "I have an MSc in Physics from TU Example"; nothing for a degree not finished or not named."""
    title = " ".join(record.full_title.split())
    if not title or record.current or _UNFINISHED.search(f"{record.end} {title}") or len(title) > 70:
        return ""
    place = f" from {record.organization}" if record.organization else ""
    title = re.sub(
        r"^((?:Bachelor|Master|BSc|MSc|BA|MA|BS|MS|B\.S\.|M\.S\.|PhD|Doctorate)[^,]*), ", r"\1 in ", title
    )
    title = _WITHOUT_IN.sub(r"\g<degree> in ", title)
    return f"I have {nouns.indefinite(title)} {title}{place}"


# "BSc Physics" and "B.Tech, Computer Science" are said with "in".
_WITHOUT_IN = re.compile(
    r"^(?P<degree>(?:B\.?|M\.?)(?:Sc|S|A|Eng|Tech|Ed)\.?|MPhil|Ph\.?D\.?|PGCE|PGDip|HND|HNC|Diploma)"
    r",? (?=[A-Z])"
)


def degree(page: Page) -> bool:
    """Say the newest finished degree."""
    if page.materials.services:
        return False
    degrees = [r for r in page.materials.brief.profile.records if r.kind == "degree"]
    for record in sorted(degrees, key=page.materials.age_of)[:2]:
        text, proof = degree_text(record), page.materials.proof_of(record)
        if text and proof and page.say(SentenceKind.CLAIM, f"{text}.", (proof,)):
            page.said.here = None
            return True
    return False


def certificates(page: Page) -> bool:
    """Say up to two certificates by their names."""
    if page.materials.services:
        return False
    records = page.materials.brief.profile.records
    proofs = [(r, page.materials.proof_of(r)) for r in records if certificate_text(r)]
    held = [r for r, proof in proofs if proof and proof not in page.used][:2]
    if not held:
        return False
    names = joined([r.title for r in held])
    plural = "." if re.search(r"certificat", held[-1].title, re.IGNORECASE) else " certificates."
    text = f"{certificate_text(held[0])}." if len(held) == 1 else f"I hold the {names}{plural}"
    return page.say(SentenceKind.CLAIM, text, tuple(page.materials.proof_of(r) for r in held))


def languages(page: Page) -> bool:
    """Say the languages spoken, that are native, fluent or professional."""
    if page.materials.services:
        return False
    spoken = []
    for item in page.materials.brief.profile.evidence:
        name = re.split(r"[\s(,:–—-]", item.text.strip(), maxsplit=1)[0]
        sure = _SPOKEN_WELL.search(item.text) and not _SPOKEN_LITTLE.search(item.text)
        is_level = _SPOKEN_WELL.fullmatch(name) or _SPOKEN_LITTLE.fullmatch(name)
        if item.type == "language" and name.isalpha() and name[:1].isupper() and sure and not is_level:
            spoken.append((name, item.id))
    if all(name == "English" for name, _ in spoken):
        return False
    text = f"I speak {joined([name for name, _ in spoken[:3]])}."
    return page.say(SentenceKind.CLAIM, text, tuple(i for _, i in spoken[:3]))
