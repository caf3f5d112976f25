"""Every figure that the README states, as a command that prints it beside a baseline of the same run."""
