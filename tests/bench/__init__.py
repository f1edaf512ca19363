"""Figures anyone can measure: ``./dev bench NAME``."""
