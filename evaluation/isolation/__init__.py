"""Isolation: every operation of the place, asked for another person's things by everybody who is not them.

The operations are read off the running app: routes, tools of assistants, events and verbs of the page. A
table says how each is called with somebody's ids; one without is itself a failure. What is answered must
be what is answered for ids that never existed, hold nothing of the owner's, and change nothing of theirs.

    python -m evaluation.isolation          print the matrix; exit 1 with a leak
"""

from evaluation.isolation.matrix import Cell, Matrix, measure

__all__ = ["Cell", "Matrix", "measure"]
