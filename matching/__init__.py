"""Skills and requirement lines in, the evidence that answers them out.

`match` takes a posting, its skill mentions and a profile and gives one `Match` a requirement line and one a
distinct skill; a `Match` without evidence is a gap. `load_embedder` gives the MiniLM embedder, or None where
`python -m matching.build` has not been run: then only shared skills match. `coverage` counts which of a
posting's keywords a text names, and could name at best.
"""

from matching.coverage import coverage
from matching.embedding import Embedder, load_embedder
from matching.index import forget, keep_only
from matching.match import match

__all__ = ["Embedder", "coverage", "forget", "keep_only", "load_embedder", "match"]
