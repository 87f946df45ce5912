"""How the desk writes days and moments: as the record does, in no country's own order."""
