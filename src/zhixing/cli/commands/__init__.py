"""The commands: each parses, calls one action, and shows what came of it."""
