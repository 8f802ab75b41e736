"""What does this document ask of me? Text in, a `Route` and an `ImportReport` out."""
