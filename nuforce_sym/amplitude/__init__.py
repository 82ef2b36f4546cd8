"""From an interaction term to an amplitude: vertices, tree exchange, and the cut of a one-loop exchange."""
