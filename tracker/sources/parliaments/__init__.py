"""The interfaces of single parliaments, each with what its own words for a decision and its outcome mean."""
