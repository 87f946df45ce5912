"""Asking other sites politely and safely: bytes come out. Knows no models and no records."""
