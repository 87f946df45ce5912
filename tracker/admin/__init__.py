"""The editor's desk, one file a noun; pages that do something stand in `pages`."""
