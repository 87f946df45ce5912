"""The words and the rules of the record, without Django's database: read this first."""
