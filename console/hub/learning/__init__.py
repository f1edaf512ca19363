"""The classifier of texts that learns from the bureau's own closed cases."""
