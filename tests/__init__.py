"""The tests mirror the product; `browser/`, `services/` and `project/` test what has no module of its own."""
