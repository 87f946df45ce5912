"""Reading what a source published: bytes and options go in, findings come out. Knows no models."""
