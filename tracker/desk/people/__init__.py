"""The pages on which people look after their own way in, and operators after the accounts of others."""
