"""The description of the API: made of the code, kept in the repository, compared with the one before."""
