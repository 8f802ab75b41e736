"""How a record looks on paper: text for a person, in their language."""
