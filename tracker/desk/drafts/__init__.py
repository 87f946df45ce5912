"""The pages on which something is typed in or put right, each with a preview."""
