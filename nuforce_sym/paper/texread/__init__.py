"""A reader of LaTeX formulas against the declared vocabulary, which refuses rather than guesses."""

from nuforce_sym.paper.texread.reader import Equation, read_equation, read_latex, read_list

__all__ = ["Equation", "read_equation", "read_latex", "read_list"]
