r"""What the commands of LaTeX mathematics stand for in MathML."""

from __future__ import annotations

_NAMES = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK = dict(zip(_NAMES.split(), "αβγδϵεζηθϑικλμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
LETTERS = GREEK | {"hbar": "ℏ", "ell": "ℓ", "infty": "∞", "partial": "∂", "nabla": "∇", "Re": "ℜ", "Im": "ℑ", "imath": "ı"}
OPERATORS = {
    "cdot": "⋅", "times": "×", "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "longrightarrow": "⟶",
    "mapsto": "↦", "gg": "≫", "ll": "≪", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "lesssim": "≲", "gtrsim": "≳",
    "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "ne": "≠", "neq": "≠", "pm": "±", "mp": "∓", "propto": "∝",
    "in": "∈", "parallel": "∥", "perp": "⊥", "ldots": "…", "dots": "…", "cdots": "⋯", "otimes": "⊗", "oplus": "⊕", "wedge": "∧",
    "star": "⋆", "ast": "∗", "dagger": "†", "prime": "′", "colon": ":", "mid": "|", "vert": "|", "Vert": "‖", "|": "‖",
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "{": "{", "}": "}", "circ": "∘",
    "backslash": "\\", "odot": "⊙", "ominus": "⊖", "nearrow": "↗", "uparrow": "↑", "lbrace": "{", "rbrace": "}", "lvert": "|",
    "rvert": "|", "Rightarrow": "⇒", "quad": "", "setminus": "∖", "cup": "∪", "cap": "∩", "subset": "⊂", "forall": "∀",
}  # fmt: skip
LARGE = {"int": "∫", "oint": "∮", "sum": "∑", "prod": "∏"}
_FUNCTIONS = (
    "cos sin tan cot sec csc arccos arcsin arctan cosh sinh tanh coth exp ln log lim max min sup inf det dim arg Pr deg"
)
FUNCTIONS = frozenset(_FUNCTIONS.split())
ACCENTS = {
    "bar": "‾", "overline": "‾", "hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "vec": "→", "dot": "˙",
    "ddot": "¨", "breve": "˘", "check": "ˇ", "mathring": "˚",
}  # fmt: skip
SPACES = {
    ",": "0.17em", ":": "0.22em", ";": "0.28em", " ": "0.25em", "quad": "1em", "qquad": "2em", "!": "", "thinspace": "0.17em",
    "textstyle": "", "displaystyle": "", "limits": "", "nolimits": "",
}  # fmt: skip
SIZES = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}

_SCRIPT = {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ"}
_FRAKTUR = {"C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"}
_DOUBLE = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
_ALPHABETS = {
    "mathcal": (0x1D49C, _SCRIPT),
    "mathscr": (0x1D49C, _SCRIPT),
    "mathbf": (0x1D400, {}),
    "boldsymbol": (0x1D468, {}),
    "mathfrak": (0x1D504, _FRAKTUR),
    "mathbb": (0x1D538, _DOUBLE),
    "mathsf": (0x1D5A0, {}),
}
FONTS = frozenset(_ALPHABETS)


def in_font(letter: str, font: str) -> str:
    """Return a letter in one of `FONTS`; what has no such form stays as it is."""
    start, exceptions = _ALPHABETS[font]
    if letter in exceptions:
        return exceptions[letter]
    if "A" <= letter <= "Z":
        return chr(start + ord(letter) - ord("A"))
    return chr(start + 26 + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter
