"""Cited addresses: asking from time to time whether they still lead to what was cited, and reading what they answer."""
