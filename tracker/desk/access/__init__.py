"""Who may do what: roles, permissions, and what the audit trail hears of log-ins."""
