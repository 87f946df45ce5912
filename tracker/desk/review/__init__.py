"""The pages on which what came in is decided."""
