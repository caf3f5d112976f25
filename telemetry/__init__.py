"""What happens here, counted and logged without a word about anybody.

`metrics` holds the counters that Prometheus reads; `logs` writes one line an event, with the request's id;
`faults` says what the log keeps of a fault of ours. Numbers, names of our own and error types go in, never a
text of a page or of a person.
"""
