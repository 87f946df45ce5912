"""Pages and files about the site itself: what it is, its methods, what machines may read."""
