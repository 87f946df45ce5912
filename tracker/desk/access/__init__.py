"""Who may do what: roles, second factor, tokens, log-ins."""
