"""The page of Inroad: a letter with its proof in the margin.

In: `Settings`, what people keep through `store`, and everything else through `outreach`. Out:
`build(settings)` gives the Gradio blocks, and `launch_options()` what those must be mounted with.
"""

from interface.page import build, launch_options

__all__ = ["build", "launch_options"]
