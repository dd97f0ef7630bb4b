"""The contract explains itself: words for everything, and examples that are what the API answers."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS30Validator

from infra.gateway_document import operations
from ops.contract import SOURCE
from tollgate.adapters.payroc import failures
from tollgate.domain.outcome import Failure

CONTRACT = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
SCHEMAS = CONTRACT["components"]["schemas"]
OPERATIONS = {one["operationId"]: one for _, _, one in operations(CONTRACT)}


def resolved(item: dict[str, Any]) -> dict[str, Any]:
    found: Any = item
    while "$ref" in found:
        steps = found["$ref"].removeprefix("#/").split("/")
        found = CONTRACT
        for step in steps:
            found = found[step]
    return found


def media() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body of every request and answer, with where it is."""
    for name, operation in OPERATIONS.items():
        yield from ((f"{name} request", each) for each in bodies(operation.get("requestBody", {})))
        for status, answer in operation["responses"].items():
            yield from ((f"{name} {status}", each) for each in bodies(resolved(answer)))


def bodies(holder: dict[str, Any]) -> list[dict[str, Any]]:
    return list(holder.get("content", {}).values())


MEDIA = dict(media())


def examples(body: dict[str, Any]) -> list[Any]:
    named = [resolved(each)["value"] for each in body.get("examples", {}).values()]
    return [*named, body["example"]] if "example" in body else named


@pytest.mark.parametrize("place", MEDIA)
def test_the_examples_of_a_body_are_valid(place: str) -> None:
    schema = {**MEDIA[place]["schema"], "components": CONTRACT["components"]}
    for example in examples(MEDIA[place]):
        OAS30Validator(schema).validate(example)


def test_every_answer_has_an_example() -> None:
    assert [place for place, body in MEDIA.items() if "request" not in place and not examples(body)] == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_has_words_for_itself_and_its_parameters(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["description"]
    assert all(resolved(each)["description"] for each in operation["parameters"])


def undescribed(schema: dict[str, Any], path: str) -> Iterator[str]:
    if "description" not in resolved(schema):
        yield path
    if "$ref" not in schema:
        for name, member in schema.get("properties", {}).items():
            yield from undescribed(member, f"{path}.{name}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_has_words(name: str) -> None:
    assert list(undescribed(SCHEMAS[name], name)) == []


def test_a_captured_payment_shows_what_was_captured() -> None:
    payment = CONTRACT["components"]["examples"]["captured_payment"]["value"]
    assert payment["status"] == "captured"
    assert (
        payment["amount_captured"] == payment["amount"] == sum(one["amount"] for one in payment["captures"])
    )


def test_every_reason_of_the_processors_is_listed() -> None:
    found = [one for one in vars(failures).values() if isinstance(one, Failure)]
    found += failures._BY_PROCESSOR.values()
    assert {one.code for one in found} <= set(SCHEMAS["Failure"]["properties"]["code"]["x-extensible-enum"])
