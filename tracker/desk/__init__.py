"""The pages of the desk that do something: each checks who asks, shows what it would do, and calls an action."""
