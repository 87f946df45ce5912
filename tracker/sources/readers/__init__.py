"""The kinds of source, one a module: what each makes of the bytes it is given. `sources.registry` finds them."""
