"""What a person sees: pure functions from state to HTML, one file a screen.

Nothing here has state or effects. Every value from a page, a document, a model or a person passes through
`markup.text`, which escapes it, so it is shown as text and never run.
"""
