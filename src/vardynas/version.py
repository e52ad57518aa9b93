"""The version of the code; the glossary has a version of its own."""

__version__ = "0.1.0"
