"""Strings inside the nested columns of Arrow, and such columns with other strings in them.

The steps are those of `vardynas.documents.fields`: ``.`` and a key into structs, ``[]`` into lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from vardynas.documents.fields import ITEMS

__all__ = ["is_text", "leaf_type", "names", "rebuilt", "strings"]


def leaf_type(type_: Any, steps: Sequence[str]) -> Any:  # noqa: ANN401 - a type of Arrow
    """The type that `steps` lead to from `type_`; None when they lead nowhere."""
    import pyarrow.types as kinds

    for step in steps:
        if step == ITEMS and (kinds.is_list(type_) or kinds.is_large_list(type_)):
            type_ = type_.value_type
        elif step != ITEMS and kinds.is_struct(type_) and type_.get_field_index(step[1:]) >= 0:
            type_ = type_.field(step[1:]).type
        else:
            return None
    return type_


def is_text(type_: Any) -> bool:  # noqa: ANN401
    """Whether columns of `type_` hold strings, each by itself or from a dictionary."""
    import pyarrow.types as kinds

    plain = type_.value_type if kinds.is_dictionary(type_) else type_
    return bool(
        kinds.is_string(plain) or kinds.is_large_string(plain) or kinds.is_string_view(plain)
    )


def names(type_: Any, name: str) -> Iterator[str]:  # noqa: ANN401
    """The names of all strings in a column called `name` of that type."""
    import pyarrow.types as kinds

    if is_text(type_):
        yield name
    elif kinds.is_struct(type_):
        for field in type_:
            yield from names(field.type, f"{name}.{field.name}")
    elif kinds.is_list(type_) or kinds.is_large_list(type_):
        yield from names(type_.value_type, name + ITEMS)


def strings(array: Any, steps: Sequence[str]) -> tuple[list[str | None], Sequence[int]]:  # noqa: ANN401
    """The strings that `steps` lead to, with the number of the row that each stands in."""
    import pyarrow.compute as compute

    rows: Sequence[int] = range(len(array))
    for step in steps:
        if step == ITEMS:
            rows = [rows[parent] for parent in compute.list_parent_indices(array).to_pylist()]
        array = _inside(array, step)
    return array.to_pylist(), rows


def rebuilt(array: Any, steps: Sequence[str], values: list[str | None]) -> Any:  # noqa: ANN401
    """`array` with the strings that `steps` lead to replaced by `values`; all else stays."""
    import pyarrow as pa
    import pyarrow.compute as compute

    if not steps:
        return _like(array, values)
    step, *further = steps
    inside = rebuilt(_inside(array, step), further, values)
    if step == ITEMS:
        lengths = compute.list_value_length(array).fill_null(0).to_pylist()
        size = pa.int64() if pa.types.is_large_list(array.type) else pa.int32()
        offsets = pa.array([0, *accumulate(lengths)], size)
        return type(array).from_arrays(offsets, inside, type=array.type, mask=array.is_null())
    parts = array.flatten()
    parts[array.type.get_field_index(step[1:])] = inside
    return pa.StructArray.from_arrays(parts, fields=list(array.type), mask=array.is_null())


def _inside(array: Any, step: str) -> Any:  # noqa: ANN401
    """What is in the items or in one field of `array`, as an array of its own."""
    return (
        array.flatten() if step == ITEMS else array.flatten()[array.type.get_field_index(step[1:])]
    )


def _like(array: Any, values: list[str | None]) -> Any:  # noqa: ANN401
    """`values` as an array of the same type as `array`."""
    import pyarrow as pa

    if not pa.types.is_dictionary(array.type):
        return pa.array(values, array.type)
    encoded = pa.array(values, array.type.value_type).dictionary_encode()
    indices = encoded.indices.cast(array.type.index_type)
    return pa.DictionaryArray.from_arrays(indices, encoded.dictionary, ordered=array.type.ordered)
