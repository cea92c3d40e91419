"""What people see: one file a noun."""
