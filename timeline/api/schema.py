"""OpenAPI 3.1 out of the declared fields: types become components, views say the rest by their attributes."""

import types
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from timeline.api import fields
from timeline.api.problems import MEDIA_TYPE, Problem
from timeline.api.shapes import SHAPES

Schema = dict[str, Any]

SIMPLE: dict[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
    Any: {},
    object: {},
    type(None): {"type": "null"},
}
ERRORS = {
    400: "A parameter is unknown or was not understood; `errors` names it.",
    404: "There is no such thing, or it is not public.",
    406: "Only JSON is given.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    500: "Something failed on our side.",
}


def schema_of(hint: Any) -> Schema:
    """The JSON Schema of a type hint; classes become references to components."""
    if hint in SIMPLE:
        return dict(SIMPLE[hint])
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _annotated(schema_of(args[0]), args[1:])
    if origin is typing.Literal:
        return {"type": "string", "enum": list(args)}
    if origin in (typing.Union, types.UnionType):
        return _union([schema_of(arg) for arg in args])
    if origin in (list, tuple):
        return {"type": "array", "items": schema_of(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(args[1])}
    return {"$ref": f"#/components/schemas/{hint.__name__}"}


def component(kind: type[Any]) -> Schema:
    """The component of a TypedDict or a dataclass: every field is required, because every field is always there."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": {name: schema_of(hint) for name, hint in hints.items()},
        "required": list(hints),
    }


def components(*roots: Any) -> dict[str, Schema]:
    """The components of `roots` and of all that they mention. Raises ValueError where two share a name."""
    found: dict[str, type[Any]] = {}
    waiting = list(roots)
    while waiting:
        for kind in _classes(waiting.pop()):
            known = found.setdefault(kind.__name__, kind)
            if known is not kind:
                raise ValueError(f"{known.__module__} and {kind.__module__} both declare {kind.__name__}.")
            hints = typing.get_type_hints(kind, include_extras=True).values()
            waiting += [hint for hint in hints if not _seen(hint, found)]
    return {name: component(kind) for name, kind in sorted(found.items())}


def page_of(kind: type[Any]) -> Schema:
    """The envelope of a list."""
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "description": "How many there are on all pages together."},
            "next": link,
            "previous": link,
            "results": {"type": "array", "items": schema_of(kind)},
        },
        "required": ["count", "next", "previous", "results"],
    }


def add_components(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """drf-spectacular's hook: puts the components beside the operations that refer to them."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(components(*SHAPES))
    return result


class Declared(AutoSchema):
    """Reads an operation from the attributes of a `PublicView`."""

    view: Any

    def get_operation_id(self) -> str:
        return str(self.view.operation)

    def get_tags(self) -> list[str]:
        return [self.view.tag]

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_description(self) -> str:  # type: ignore[override]
        return str(self.view.description)

    def get_auth(self) -> list[dict[str, Any]]:
        return []

    def get_override_parameters(self) -> list[Any]:
        return [*self._path(), *self._query(), *self._headers()]

    def get_request_serializer(self) -> None:
        return None

    def get_response_serializers(self) -> Any:
        found: dict[Any, OpenApiResponse] = {
            ("200", self.view.media_type): OpenApiResponse(self.view.answers(), "As asked."),
            "304": OpenApiResponse(None, "What you have is still right."),
        }
        if self.view.scoped:
            found["308"] = OpenApiResponse(None, "The campaign has another name now; `Location` is its address.")
        for status, description in ERRORS.items():
            if status != 404 or self._names():
                found[(str(status), MEDIA_TYPE)] = OpenApiResponse(schema_of(Problem), description)
        return found

    def _names(self) -> list[str]:
        return [part.strip("{}") for part in self.path.split("/") if part.startswith("{")]

    def _path(self) -> Iterator[OpenApiParameter]:
        slug: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 80}
        for name in self._names():
            yield OpenApiParameter(name, slug, OpenApiParameter.PATH, description="Its name in the address.")

    def _query(self) -> Iterator[OpenApiParameter]:
        for one in self.view.parameters:
            schema = {"type": "array", "items": dict(one.schema)} if one.many else dict(one.schema)
            yield OpenApiParameter(one.name, schema, OpenApiParameter.QUERY, description=one.description)

    def _headers(self) -> Iterator[OpenApiParameter]:
        for name, statuses, description in (
            ("ETag", [200, 304], "Stands for this state of the facts, this day and this language."),
            ("Retry-After", [429], "Seconds to wait."),
            ("Location", [308], "Where it is now."),
        ):
            if statuses != [308] or self.view.scoped:
                yield OpenApiParameter(name, str, OpenApiParameter.HEADER, response=statuses, description=description)


def _annotated(schema: Schema, notes: tuple[Any, ...]) -> Schema:
    for note in notes:
        match note:
            case str():
                schema |= {"description": note}
            case fields.OneOf():
                schema |= {"enum": list(note.values)}
            case fields.Form():
                schema |= {"format": note.name}
    return schema


def _union(options: list[Schema]) -> Schema:
    """One of several; "or null" of a plain type is written into the type itself."""
    plain = [option for option in options if option != {"type": "null"}]
    if len(plain) == 1 and len(options) == 2 and isinstance(plain[0].get("type"), str):
        only = plain[0]
        values = {"enum": [*only["enum"], None]} if "enum" in only else {}
        return only | {"type": [only["type"], "null"]} | values
    return {"anyOf": options}


def _classes(hint: Any) -> Iterator[type[Any]]:
    """The classes that become components anywhere inside a hint."""
    if isinstance(hint, type) and typing.get_origin(hint) is None and (is_dataclass(hint) or typing.is_typeddict(hint)):
        yield hint
    for arg in typing.get_args(hint):
        yield from _classes(arg)


def _seen(hint: Any, found: dict[str, type[Any]]) -> bool:
    return all(found.get(kind.__name__) is kind for kind in _classes(hint))
