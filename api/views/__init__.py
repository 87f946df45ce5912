"""The resources, a file a noun. A view selects rows and says which; edge and envelope do the rest."""
