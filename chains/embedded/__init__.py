"""The embedded writer: a brief comes in, typed sentences tied to evidence go out; no model, no network.

A plan (one file a draft kind, registered by `@draft_kind`) puts sentences in order; needs come from the
posting's lines, deeds from the evidence's; several drafts are made by chance and the best one that passes
the gate is kept.
"""

from chains.embedded.choose import write_embedded
from chains.embedded.mend import mend
from chains.embedded.single import render

__all__ = ["mend", "render", "write_embedded"]
