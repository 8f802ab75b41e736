"""How do other programs see it? Records and texts in, bytes out; and back, where that is asked."""
