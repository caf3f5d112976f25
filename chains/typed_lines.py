"""Typed lines: what a model returns instead of prose. One sentence a line, each naming what it rests on.

    R p2 | You are hiring a platform engineer to move billing onto Kubernetes.
    C e4,e5 | At Northwind, I moved 14 services to Kubernetes.
    G | That is close to what your team describes.

A blank line begins the next paragraph. The reader is lenient about dress (fences, bullets, numbering, bold
marks, spaces) and strict about meaning: a line without a kind and a bar is no sentence but a fault.
"""

import re
import unicodedata
from collections.abc import Iterator

from domain import Sentence, SentenceKind
from errors import ModelError
from language import words

LONGEST_LINE = 700
_FEWEST_FAULTS_TO_STOP = 3

_LINE = re.compile(
    r"""^
    (?:(?:[-*•–>]|\d{1,2}[.):])\s+)?         # a list mark
    [`*_\s]*
    (?P<kind>[RCGISFrcgisf])
    [\s:]*
    (?P<ids>[\[(]?\s*[epEP]\d{1,4}(?:[\s,;&+]+[epEP]\d{1,4})*\s*[\])]?)?
    [`*_\s]*
    [|｜│]
    (?P<text>.*)$""",
    re.VERBOSE | re.DOTALL,
)
_LIST_MARK = re.compile(r"^\s*(?:(?:[-*•–>#]+|\d{1,2}[.):])\s+)*")
_WHOLE = re.compile(r".*[.!?](?=\s|$)", re.DOTALL)
_ID = re.compile(r"[ep]\d+")
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})\s*\w*\s*$|^\s*(?:-{3,}|\*{3,}|={3,})\s*$")
_THOUGHT = re.compile(r"^\s*[<\[]\s*(?:think(?:ing)?|thought|reasoning)\s*[>\]]", re.IGNORECASE)
_THOUGHT_OUT = re.compile(r"[<\[]\s*/\s*(?:think(?:ing)?|thought|reasoning)\s*[>\]]", re.IGNORECASE)
_REFUSAL = re.compile(
    r"""^\W*(?:I['’]?\s?a?m\s+(?:very\s+|so\s+)?(?:sorry|unable)|I\s+apologi[sz]e|(?:I\s+)?regret|unfortunately,?\s+I
    |I\s+(?:can['’]?t|can\s?not|won['’]?t|will\s+not|must\s+decline)|as\s+an?\s+(?:AI|language\s+model)|sorry\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}


def parse_line(line: str, paragraph: int = 0) -> Sentence | None:
    """The sentence that one typed line holds, or None where it is blank, prose, or without text.

    Ids are taken as written (`e4`, `p2`); whether they exist is for the gate to say.
    """
    line = line.strip()
    found = _LINE.match(line) if len(line) <= LONGEST_LINE else None
    text = _visible(found["text"]) if found else ""
    if found is None or not text:
        return None
    ids = tuple(dict.fromkeys(_ID.findall((found["ids"] or "").lower())))
    kind = SentenceKind(found["kind"].upper())
    return Sentence(kind=kind, text=text, rests_on=ids, paragraph=paragraph)


def _visible(text: str) -> str:
    """The text with white space made single, and without control, format and unassigned characters."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE).strip(" `")


def _dressed(sentence: str) -> str:
    ended = sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
    return ended[:1].upper() + ended[1:]


class TypedLines:
    """Turns a stream of text into sentences, each released once its line is complete.

    Args:
        paragraph: The number of the first paragraph.
        plain: Take prose as claims that do not say what they rest on, all in one paragraph.

    `faults` collects the lines that are neither sentences nor dress.
    """

    def __init__(self, paragraph: int = 0, *, plain: bool = False) -> None:
        self._plain = plain
        self.faults: list[str] = []
        self.sentences = 0
        self.paragraph = paragraph
        self._rest = ""
        self._break_due = False
        self._thinking = False

    def feed(self, text: str) -> list[Sentence]:
        """The sentences that this piece of the stream completes.

        Raises:
            ModelError: when what comes is prose, or a line has no end.
        """
        *lines, self._rest = (self._rest + text).split("\n")
        if len(self._rest) > 2 * LONGEST_LINE:
            raise self._no_lines()
        return [sentence for line in lines for sentence in self._take(line)]

    def finish(self, *, cut: bool = False) -> list[Sentence]:
        """The sentence of the last line.

        Args:
            cut: The model did not say that it has finished: then only whole sentences of prose are taken.

        Raises:
            ModelError: when nothing or mostly prose came.
        """
        rest, self._rest = self._rest, ""
        if cut:
            whole = _WHOLE.match(rest) if self._plain else None
            rest = whole[0] if whole else ""
        last = list(self._take(rest))
        if not self.sentences and self.faults:
            raise self._no_lines()
        return last

    def _take(self, line: str) -> Iterator[Sentence]:
        spoken = self._spoken(line)
        if spoken is None or _FENCE.match(spoken):
            return
        if not spoken.strip():
            self._break_due = self.sentences > 0 and not self._plain
            return
        paragraph = self.paragraph + self._break_due
        sentence = parse_line(spoken, paragraph)
        found = [sentence] if sentence else self._told(spoken, paragraph) if self._plain else []
        if not found:
            self._blame(spoken)
            return
        self.paragraph, self._break_due = paragraph, False
        self.sentences += len(found)
        yield from found

    def _told(self, line: str, paragraph: int) -> list[Sentence]:
        """The sentences of a line of prose; none of an announcement or a refusal.

        Small models, T5 above all, leave a space before a full stop, a small letter after that, and the last
        sentence open.
        """
        text = _visible(_LIST_MARK.sub("", line))
        text = re.sub(r"\s([.!?]\s)([a-z])", lambda found: found[1] + found[2].upper(), text)
        text = re.sub(r"\s+([.,;:!?])", r"\1", text)
        if text.endswith(":") or (not self.sentences and _REFUSAL.match(text)):
            return []
        told = words.sentences(text)
        ended = [sentence for sentence in told if sentence.endswith((".", "!", "?"))]
        return [
            Sentence(kind=SentenceKind.CLAIM, text=_dressed(sentence), paragraph=paragraph)
            for sentence in ended or told[:1]
            if len(sentence) <= LONGEST_LINE
        ]

    def _spoken(self, line: str) -> str | None:
        """The line without what is thought aloud, as some models do between marks; None where all is."""
        if not self._thinking:
            begun = _THOUGHT.match(line)
            if begun is None:
                return line
            self._thinking, line = True, line[begun.end() :]
        ended = _THOUGHT_OUT.search(line)
        if ended is None:
            return None
        self._thinking = False
        return line[ended.end() :].strip() or None

    def _blame(self, line: str) -> None:
        self.faults.append(line.strip()[:LONGEST_LINE])
        if len(self.faults) >= max(_FEWEST_FAULTS_TO_STOP, self.sentences + 1):
            raise self._no_lines()

    def _no_lines(self) -> ModelError:
        if not self.sentences and self.faults and _REFUSAL.match(self.faults[0]):
            return ModelError("The model declined to write this.", "Try again, or another model.")
        return ModelError("The model returned prose instead of typed lines.", "Try again, or another model.")
