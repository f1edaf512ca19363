"""Papers: printed, looked at, given out."""
