"""Pages that are a part of an accession: its table, its timeline, what would follow if allies acted."""
