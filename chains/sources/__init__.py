"""Model sources: where a model's text comes from, one file each, found through `SOURCES`.

A source says where its server is (`where`), by the operator's settings alone, and how to ask it once
(`begin`). Names, keys, retries, limits and the words for what goes wrong are the same for all of them and are
in `chains.calling`. The next source is a file here that registers itself, and an import below.
"""

from chains.sources import compatible, groq
from chains.sources.contract import SOURCES, Source

__all__ = ["SOURCES", "Source", "compatible", "groq"]
