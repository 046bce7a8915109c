"""A validator for the part of JSON Schema that docs/report.schema.json uses, and no more: a keyword
that it does not know is an error, so that the schema cannot promise what nobody checks."""

KNOWN = {"$schema", "title", "description", "type", "properties", "required", "additionalProperties",
         "items", "enum", "minimum", "maximum"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


def mistakes(schema, value, place="$"):
    unknown = set(schema) - KNOWN
    if unknown:
        raise ValueError(f"{place}: the schema uses {sorted(unknown)}, which this validator does not know")
    kind = TYPES[schema["type"]] if "type" in schema else object
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{place}: {type(value).__name__} is no {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{place}: {value} is below {schema['minimum']}"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{place}: {value} is above {schema['maximum']}"
    if kind is dict:
        yield from mistakes_of_object(schema, value, place)
    if kind is list:
        for i, item in enumerate(value):
            yield from mistakes(schema["items"], item, f"{place}[{i}]")


def mistakes_of_object(schema, value, place):
    rows = schema.get("properties", {})
    for key in schema.get("required", []):
        if key not in value:
            yield f"{place}: there is no {key!r}"
    for key, item in value.items():
        if key in rows:
            yield from mistakes(rows[key], item, f"{place}.{key}")
        elif schema.get("additionalProperties") is False:
            yield f"{place}: {key!r} is not in the schema"
    if list(value) != sorted(value):
        yield f"{place}: keys are not in order"


def itself():
    """It can say no."""
    schema = {"type": "object", "additionalProperties": False, "required": ["n"],
              "properties": {"n": {"type": "integer", "minimum": 0}, "of": {"enum": ["a"], "type": "string"},
                             "s": {"type": "array", "items": {"type": "integer"}}}}
    assert not list(mistakes(schema, {"n": 1, "of": "a", "s": [1]}))
    for wrong in ({}, {"n": -1}, {"n": True}, {"n": "1"}, {"n": 1, "of": "b"}, {"n": 1, "s": ["x"]},
                  {"n": 1, "x": 1}, {"s": [], "n": 1}, []):
        assert list(mistakes(schema, wrong)), wrong
