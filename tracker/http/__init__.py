"""What any answer over HTTP needs: negotiation, compression, the page cache, the address of the client."""
