"""What can a person do? A `Desk` and plain arguments in, records out. Rooms meet only here."""
