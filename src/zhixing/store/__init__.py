"""What happened? Append and list, on SQLite."""
