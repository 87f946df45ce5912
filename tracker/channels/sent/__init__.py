"""What goes out by itself: who is told, whom an entry concerns, and how each message is written and sent."""
