"""What readers are shown, read once for every surface: pages, API, feeds. Reads the record; writes nothing."""
