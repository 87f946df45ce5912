"""What a program fetches: feeds and calendars, made of the log at the moment they are asked for."""
