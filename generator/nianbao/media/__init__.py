"""Floor 3: one module or folder per kind of file, both directions together."""
