"""Quality measured against a corpus, with floors that may only rise. `python -m evaluation --help`."""
