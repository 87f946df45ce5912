"""What the desk keeps of and for its people; none of it is public, and none of it is a part of the record."""
