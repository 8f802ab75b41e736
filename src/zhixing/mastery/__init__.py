"""What does this learner hold today? What happened in, `Mastery` out. Pure."""
