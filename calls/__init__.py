"""The calls that reach Inroad from outside, the same for the REST API, background jobs and assistants.

Each is a request model and a function that does it: `Read` and `read`, `Compare` and `compare`, `Write` and
`write`, `WriteMany` and `write_many`, `Check` and `check`, `Revise` and `revise`, `Summarise` and
`summarise`. A request goes in, with what is kept of the person who asks (`Own`); an answer model comes out,
and errors of `errors.py`. No request holds a key or a password. What is kept is `opened` here by all who may
delete of it.
"""

from calls.checking import Check, CheckedText, check, checked_text
from calls.drafting import Write, WriteEvent, Written, write
from calls.given import Found, GivenPage, opening_of
from calls.many import WriteMany, WrittenMany, write_many
from calls.matching import Compare, Compared, Source, compare, sources_of
from calls.own import Own, opened
from calls.reading import OpeningsRead, Read, openings_of, read
from calls.revising import Revise, Revised, revise
from calls.summarising import EMBEDDED, Summarise, Summary, summarise
from outreach import IsCancelled

__all__ = [
    "EMBEDDED",
    "Check",
    "CheckedText",
    "Compare",
    "Compared",
    "Found",
    "GivenPage",
    "IsCancelled",
    "OpeningsRead",
    "Own",
    "Read",
    "Revise",
    "Revised",
    "Source",
    "Summarise",
    "Summary",
    "Write",
    "WriteEvent",
    "WriteMany",
    "Written",
    "WrittenMany",
    "check",
    "checked_text",
    "compare",
    "opened",
    "opening_of",
    "openings_of",
    "read",
    "revise",
    "sources_of",
    "summarise",
    "write",
    "write_many",
]
