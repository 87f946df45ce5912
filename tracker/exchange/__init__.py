"""What goes in and out as files: the shipped data, and the data package."""
