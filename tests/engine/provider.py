"""Pulumi's provider protocol over the account in memory: what the CLI talks to instead of pulumi-aws."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from engine.outputs import OUTPUTS
from engine.wire import UNKNOWN
from tests.engine.answers import RECOMPUTED
from tests.engine.cloud import Cloud, Existing, RefusedError
from tests.engine.difference import Difference, compared

MAX_MESSAGE_BYTES = 400 * 1024 * 1024
THREADS = 128  # of which any number may hang
Kind = provider_pb2.PropertyDiff.Kind


@contextlib.contextmanager
def serving(cloud: Cloud) -> Iterator[int]:
    """A provider process of this account on a port of 127.0.0.1."""
    limit = [("grpc.max_receive_message_length", MAX_MESSAGE_BYTES)]
    with ThreadPoolExecutor(THREADS) as threads:
        server = grpc.server(threads, options=limit)
        provider_pb2_grpc.add_ResourceProviderServicer_to_server(AwsProvider(cloud), server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            yield port
        finally:
            server.stop(grace=0).wait()


class AwsProvider(provider_pb2_grpc.ResourceProviderServicer):
    """As the bridged provider behaves: computed outputs are unknown in a preview, names aren't made up."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def Handshake(self, request, context):  # noqa: ANN001, ANN201, N802
        return provider_pb2.ProviderHandshakeResponse(accept_resources=False, accept_outputs=False)

    def Attach(self, request, context):  # noqa: ANN001, ANN201, N802
        return empty_pb2.Empty()

    def Cancel(self, request, context):  # noqa: ANN001, ANN201, N802
        return empty_pb2.Empty()

    def GetPluginInfo(self, request, context):  # noqa: ANN001, ANN201, N802
        return plugin_pb2.PluginInfo(version="7.51.1")

    def CheckConfig(self, request, context):  # noqa: ANN001, ANN201, N802
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request, context):  # noqa: ANN001, ANN201, N802
        same = _plain(request.old_inputs) == _plain(request.news)
        changes = provider_pb2.DiffResponse.DIFF_NONE if same else provider_pb2.DiffResponse.DIFF_SOME
        return provider_pb2.DiffResponse(changes=changes)

    def Configure(self, request, context):  # noqa: ANN001, ANN201, N802
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Invoke(self, request, context):  # noqa: ANN001, ANN201, N802
        with _refusals(context):
            answer = provider_pb2.InvokeResponse()
            getattr(answer, "return").CopyFrom(_struct(self._cloud.invoke(request.tok, _plain(request.args))))
            return answer

    def Check(self, request, context):  # noqa: ANN001, ANN201, N802
        return provider_pb2.CheckResponse(inputs=request.news)

    def Diff(self, request, context):  # noqa: ANN001, ANN201, N802
        old_inputs, old, new = (_plain(each) for each in (request.old_inputs, request.olds, request.news))
        return _answer(compared(request.type, old_inputs, old, new, frozenset(request.ignoreChanges)))

    def Create(self, request, context):  # noqa: ANN001, ANN201, N802
        inputs = _plain(request.properties)
        if request.preview:
            computed = dict.fromkeys(("arn", *OUTPUTS.get(request.type, {})), UNKNOWN)
            return provider_pb2.CreateResponse(properties=_struct({**computed, **inputs}))
        with _refusals(context):
            made = self._cloud.create(request.urn, request.type, request.name, inputs)
            return provider_pb2.CreateResponse(id=made.id, properties=_struct(made.outputs))

    def Update(self, request, context):  # noqa: ANN001, ANN201, N802
        inputs = _plain(request.news)
        if request.preview:
            computed = dict.fromkeys(RECOMPUTED.get(request.type, ()), UNKNOWN)
            return provider_pb2.UpdateResponse(
                properties=_struct({**_plain(request.olds), **inputs, **computed})
            )
        with _refusals(context):
            made = self._cloud.update(request.urn, request.type, request.id, inputs)
            return provider_pb2.UpdateResponse(properties=_struct(made.outputs))

    def Read(self, request, context):  # noqa: ANN001, ANN201, N802
        found = self._cloud.find(request.type, request.id, _plain(request.inputs))
        if found is None:
            return provider_pb2.ReadResponse()
        return _read(found)

    def Delete(self, request, context):  # noqa: ANN001, ANN201, N802
        self._cloud.delete(request.urn, request.type, request.id, _plain(request.old_inputs))
        return empty_pb2.Empty()


def _read(found: Existing) -> provider_pb2.ReadResponse:
    return provider_pb2.ReadResponse(
        id=found.id, inputs=_struct(found.inputs), properties=_struct(found.outputs)
    )


def _answer(difference: Difference) -> provider_pb2.DiffResponse:
    details = {
        key: provider_pb2.PropertyDiff(
            kind=Kind.UPDATE_REPLACE if key in difference.replacing else Kind.UPDATE
        )
        for key in difference.changed
    }
    some = provider_pb2.DiffResponse.DIFF_SOME if details else provider_pb2.DiffResponse.DIFF_NONE
    return provider_pb2.DiffResponse(
        changes=some,
        diffs=sorted(difference.changed),
        replaces=sorted(difference.replacing),
        deleteBeforeReplace=difference.deleted_first,
        detailedDiff=details,
        hasDetailedDiff=True,
    )


@contextlib.contextmanager
def _refusals(context: grpc.ServicerContext) -> Iterator[None]:
    try:
        yield
    except (RefusedError, ValueError) as refusal:
        context.abort(grpc.StatusCode.UNKNOWN, str(refusal))


def _plain(message: struct_pb2.Struct) -> dict[str, Any]:
    """As JSON; assets, and the signature of what isn't known, stay as they travel."""
    return json_format.MessageToDict(message)


def _struct(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    message = struct_pb2.Struct()
    json_format.ParseDict(json.loads(json.dumps(dict(properties))), message)
    return message
