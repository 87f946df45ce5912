"""What an edition answers as of a day, in the rows that page, API and package share; each asked for by faces alone."""
