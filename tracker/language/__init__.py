"""Sentences, names and their forms, and the order of letters."""
