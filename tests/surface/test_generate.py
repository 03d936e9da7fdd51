"""What the generator reads, what it refuses, and that it finds every difference. `python3 tests/surface/test_generate.py`"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path

import generate
import prose
import schema
from layout import homes, two_sided
from surface import Alias, Enumeration, ListOf, MapOf, Nullable, Record, Ref, Scalar, Surface, Union

PROFILE = {
    "type": "object",
    "properties": {"town": {"type": ["string", "null"]}, "tags": {"type": "array", "items": {"type": "string"}}},
}

DESCRIPTION = {
    "operations": [
        {
            "group": "things",
            "name": "put",
            "doc": "Puts a thing. See [`Things::get`](crate::Things).",
            "actor": True,
            "changes": True,
            "arguments": {
                "properties": {
                    "profile": {"$ref": "#/types/Profile", "description": "What it says."},
                    "at": {"$ref": "#/types/Timestamp"},
                    "loud": {"type": "boolean", "default": False},
                },
                "required": ["profile"],
            },
            "answer": {"$ref": "#/types/Thing"},
            "errors": ["not_found"],
        },
        {
            "group": "others",
            "name": "forget",
            "actor": True,
            "changes": True,
            "arguments": {"properties": {"thing": {"$ref": "#/types/ThingId"}}, "required": ["thing"]},
            "answer": None,
        },
    ],
    "types": {
        "Actor": {
            "oneOf": [
                {"properties": {"kind": {"const": "person"}, "id": {"type": "string", "format": "uuid"}}, "required": ["id"]},
                {"properties": {"kind": {"const": "system"}}},
            ]
        },
        "Link": {"type": "string", "format": "secret"},
        "Profile": PROFILE,
        "Status": {"oneOf": [{"const": "new", "description": "Fresh."}, {"enum": ["old", "gone"]}]},
        "Thing": {
            "properties": {
                "id": {"$ref": "#/types/ThingId"},
                "link": {"$ref": "#/types/Link"},
                "profile": {"$ref": "#/types/Profile"},
                "status": {"anyOf": [{"$ref": "#/types/Status"}, {"type": "null"}]},
                "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            },
            "required": ["id", "link", "profile", "counts"],
        },
        "ThingId": {"type": "string", "format": "uuid"},
        "Timestamp": {"type": "string", "format": "date-time"},
    },
    "errors": [{"code": "not_found", "doc": "No."}, {"code": "internal", "doc": "Oh."}],
}


def read(description: dict) -> Surface:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "surface.json"
        path.write_text(json.dumps(description), "utf-8")
        return schema.read(path)


def changed(**types: object) -> dict:
    return {**DESCRIPTION, "types": {**DESCRIPTION["types"], **types}}


class Reading(unittest.TestCase):
    def test_every_construct_is_understood(self) -> None:
        found = read(DESCRIPTION).definitions
        self.assertIsInstance(found["Actor"], Union)
        self.assertEqual([variant.name for variant in found["Actor"].variants], ["PersonActor", "SystemActor"])
        self.assertEqual(found["Status"], Enumeration("Status", "", (("new", "Fresh."), ("old", ""), ("gone", ""))))
        self.assertEqual(found["Link"], Alias("Link", "", Scalar("string"), secret=True))
        self.assertIsInstance(found["Thing"], Record)
        types = {field.name: field.type for field in found["Thing"].fields}
        self.assertEqual(types["status"], Nullable(Ref("Status")))
        self.assertEqual(types["counts"], MapOf(Scalar("integer")))
        self.assertEqual({field.type for field in found["Profile"].fields}, {Nullable(Scalar("string")), ListOf(Scalar("string"))})

    def test_types_live_with_their_only_user(self) -> None:
        modules = homes(read(DESCRIPTION))
        self.assertEqual({found.name for found in modules["things"]}, {"Link", "Profile", "Status", "Thing", "Timestamp"})
        self.assertEqual({found.name for found in modules["common"]}, {"Actor", "ThingId"})

    def test_what_is_both_given_and_answered_has_two_sides(self) -> None:
        self.assertEqual(two_sided(read(DESCRIPTION)), {"Profile"})

    def test_what_no_rule_covers_is_refused(self) -> None:
        for odd in (
            {"properties": {"colour": {"enum": ["red"]}}},
            {"properties": {"either": {"type": ["string", "integer"]}}},
            {"properties": {"either": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}},
            {"properties": {"lost": {"$ref": "#/types/Nowhere"}}},
            {"oneOf": [{"properties": {"x": {"type": "string"}}}]},
            {"oneOf": [{"const": "a"}, {"properties": {"kind": {"const": "b"}}}]},
            {"type": "array", "prefixItems": [], "items": {"type": "tuple"}},
        ):
            with self.subTest(odd), self.assertRaises(schema.Unreadable):
                read(changed(Odd=odd))

    def test_two_types_of_one_name_are_refused(self) -> None:
        with self.assertRaises(schema.Unreadable):
            read(changed(PersonActor={"type": "string"}))


class Writing(unittest.TestCase):
    def test_docs_lose_what_only_rustdoc_understands(self) -> None:
        self.assertEqual(prose.plain("See [`Things::get`](crate::Things) and [`Self::put`]."), "See `Things::get` and `put`.")

    def test_a_difference_is_found_and_mended(self) -> None:
        files = generate.wanted(read(DESCRIPTION))
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            root = Path(folder)
            self.assertEqual(generate.check(root, files), len(files))
            generate.write(root, files)
            self.assertEqual(generate.check(root, files), 0)
            victim = root / sorted(files)[0]
            victim.write_text(victim.read_text("utf-8") + "#", "utf-8")
            stray = root / generate.OWNED[0] / "stray.py"
            stray.write_text("", "utf-8")
            self.assertEqual(generate.check(root, files), 2)
            generate.write(root, files)
            self.assertEqual(generate.check(root, files), 0)
            self.assertFalse(stray.exists())

    def test_secrets_stay_out_of_what_is_printed(self) -> None:
        files = generate.wanted(read(DESCRIPTION))
        self.assertIn("link: Link = dataclasses.field(repr=False)", files[f"{generate.PYTHON}/types/things.py"])
        self.assertIn("link: secret(field('link', Link))", files[f"{generate.NODE}/surface/shapes/things.js"])

    def test_the_python_source_compiles(self) -> None:
        for name, text in generate.wanted(read(DESCRIPTION)).items():
            if name.endswith(".py"):
                compile(text, name, "exec")


if __name__ == "__main__":
    unittest.main()
