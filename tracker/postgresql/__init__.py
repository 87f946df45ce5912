"""Django's backend for PostgreSQL, with a client that does not wait for ever."""
