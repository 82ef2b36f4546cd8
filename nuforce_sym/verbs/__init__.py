"""The verbs of single rooms. Each module has ``add(verb)``, which declares its verbs; SymPy is imported inside them only."""
