"""The built-in pack: skills, routes, labs. Data only; the engine never imports it."""
