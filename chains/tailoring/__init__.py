"""A brief in, a tailored résumé out: what the evidence says, chosen, ordered and spelled for one opening.

`tailor` chooses and orders, `accept` lets a person refuse or take back one change, `lines_of` gives the
document as typed sentences, so that the gate can check each. Nothing here writes a new fact: a line is its
source with a few named changes, and what is not said is listed.
"""

from chains.tailoring.accepting import accept, as_in_source
from chains.tailoring.assembling import tailor
from chains.tailoring.proposing import proposed
from chains.tailoring.returning import put_back
from chains.tailoring.sentences import lines_of

__all__ = ["accept", "as_in_source", "lines_of", "proposed", "put_back", "tailor"]
