"""How fast, and how light, are graders of Python? Ours beside the peers, in one run."""
