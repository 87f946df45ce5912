"""The public pages: one core, read by people."""
