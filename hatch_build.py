"""Puts the compiled glossary into the wheel, so that the first start is as fast as the others."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledGlossary(BuildHookInterface[Any]):
    """Compiles the shipped glossary and the table of given names when a wheel is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds both files; an editable install compiles at its first use instead."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from vardynas.index import shipped

        folder = Path(tempfile.mkdtemp())
        for name, data in shipped.all_compiled().items():
            path = folder / name
            path.write_bytes(data)
            build_data["force_include"][str(path)] = f"vardynas/data/{name}"
