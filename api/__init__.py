"""The REST API: reads the log folded up to an edition, and calls actions. Nothing in `tracker` imports it."""
