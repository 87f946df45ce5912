"""What runs by itself: jobs, tasks, heartbeats, health, and starting the whole on one machine."""
