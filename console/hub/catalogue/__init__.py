"""Classes of case and filing rules: what ships with the program, and what a bureau brings."""
