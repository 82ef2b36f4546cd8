"""Papers: LaTeX of derivations, references."""
