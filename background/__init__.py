"""Work that goes on without the one who asked for it, kept in the database until it is done.

A request of a known kind goes in and is acknowledged once it is kept; a `Job` tells how far it is. A bounded
pool in each process takes the jobs, and takes over those of a process that died.
"""

from background import drafting as drafting
from background import reading as reading
from background.handlers import Work, handler
from background.pool import Pool, cancel, put

__all__ = ["Pool", "Work", "cancel", "handler", "put"]
