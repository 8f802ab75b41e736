"""Is this answer right, and if not, which slip? A `Lab` and an answer in, a `Verdict` out."""
