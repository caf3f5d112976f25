"""What several packages need to know of words, numbers and dates: pure functions, one module a subject."""
