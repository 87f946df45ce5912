"""Mail that comes back: what a mail server or a reader's provider says of a message that we sent, and what follows."""
