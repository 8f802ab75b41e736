"""What on which day? Tasks, a profile and what happened in, a `Plan` out. Pure."""
