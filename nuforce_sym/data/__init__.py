"""Dated data: constants, experiments, references."""
