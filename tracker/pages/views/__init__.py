"""The public pages. A view says which day, reads, and hands rows to a template; it holds no rule."""
