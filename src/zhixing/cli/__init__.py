"""How does a person ask, on the command line? Parse, call one action, show."""
