"""The lists of what is on record, one file a noun."""
