"""Text without language: folding with offsets, tokens, passages and quotations."""

from vardynas.text.fold import Folded, fold_ocr, fold_text, fold_word, plain
from vardynas.text.passages import passages
from vardynas.text.quotes import quotes
from vardynas.text.tokens import Token, tokenize

__all__ = [
    "Folded",
    "Token",
    "fold_ocr",
    "fold_text",
    "fold_word",
    "passages",
    "plain",
    "quotes",
    "tokenize",
]
