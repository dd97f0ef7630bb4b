"""Pulumi's wire form of property values (the signatures of its public protocol, sdk/proto)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pulumi
from google.protobuf import json_format, struct_pb2

from engine.values import Secret, Unknown

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
ASSET = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7"
RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"


def from_struct(message: struct_pb2.Struct) -> dict[str, Any]:
    """The properties of a request, secrets and unknowns kept visible."""
    return {key: _decode(value) for key, value in json_format.MessageToDict(message).items()}


def to_struct(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    """The properties for an answer."""
    message = struct_pb2.Struct()
    json_format.ParseDict(_encode(dict(properties)), message)
    return message


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return [_decode(item) for item in value]
    if isinstance(value, dict):
        if SIGNATURE in value:
            return _decode_signed(value)
        return {key: _decode(item) for key, item in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)  # JSON numbers travel as doubles
    return Unknown if value == UNKNOWN else value


def _decode_signed(value: Mapping[str, Any]) -> Any:
    decoder = _DECODERS.get(value[SIGNATURE])
    if decoder is None:
        raise ValueError(f"the program sent a value of an unknown kind (signature {value[SIGNATURE]})")
    return decoder(value)


def _decode_secret(value: Mapping[str, Any]) -> Secret:
    return Secret(_decode(value["value"]))


def _decode_output(value: Mapping[str, Any]) -> Any:
    inner = _decode(value["value"]) if "value" in value else Unknown
    return Secret(inner) if value.get("secret") else inner


def _decode_resource(value: Mapping[str, Any]) -> Any:
    return _decode(value.get("id") or value["urn"])


def _decode_asset(value: Mapping[str, Any]) -> pulumi.Asset:
    if value.get("path"):
        return pulumi.FileAsset(value["path"])
    if value.get("uri"):
        return pulumi.RemoteAsset(value["uri"])
    return pulumi.StringAsset(value.get("text", ""))


def _decode_archive(value: Mapping[str, Any]) -> pulumi.Archive:
    if value.get("path"):
        return pulumi.FileArchive(value["path"])
    if value.get("uri"):
        return pulumi.RemoteArchive(value["uri"])
    return pulumi.AssetArchive({key: _decode(item) for key, item in (value.get("assets") or {}).items()})


_DECODERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    SECRET: _decode_secret,
    OUTPUT: _decode_output,
    RESOURCE: _decode_resource,
    ASSET: _decode_asset,
    ARCHIVE: _decode_archive,
}


def _encode(value: Any) -> Any:
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "value": _encode(value.value)}
    if isinstance(value, pulumi.Asset | pulumi.Archive):
        return _encode_file(value)
    if isinstance(value, dict):
        return {key: _encode(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encode(item) for item in value]
    return UNKNOWN if value is Unknown else value


def _encode_file(value: pulumi.Asset | pulumi.Archive) -> dict[str, Any]:
    match value:
        case pulumi.FileAsset():
            return {SIGNATURE: ASSET, "path": str(value.path)}
        case pulumi.StringAsset():
            return {SIGNATURE: ASSET, "text": value.text}
        case pulumi.FileArchive():
            return {SIGNATURE: ARCHIVE, "path": str(value.path)}
        case pulumi.AssetArchive():
            return {SIGNATURE: ARCHIVE, "assets": {key: _encode(item) for key, item in value.assets.items()}}
    raise ValueError(f"{type(value).__name__} is not supported: use a file, a string or a folder of them")
