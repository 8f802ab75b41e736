"""How does a person ask in a browser? Pages and a little HTTP, over the same actions as `cli`."""
