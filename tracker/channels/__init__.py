"""The ways to be told: feeds, calendars, webhooks and mail, all over the one log by position.

What a channel tells is an `Item`; which items it tells is for a filter of `tracker.readmodel.log.filtering` to say.
Nothing in here writes the record, and nothing but the log is a queue.
"""
