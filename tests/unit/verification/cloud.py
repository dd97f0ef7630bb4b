"""AWS as botocore describes it: requests and answers must fit its models, and nothing leaves the machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.session
from botocore.loaders import create_loader
from botocore.model import OperationModel
from botocore.validate import ParamValidator

MODELS = create_loader()
"""For all accounts: to read AWS's models takes longer than a test."""
Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass
class Cloud:
    """`answers`: what is answered to a call (`service:Operation`), from its parameters. `refusals`: error
    codes instead. `calls`: what was asked."""

    answers: dict[str, Answer]
    refusals: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def session(self) -> boto3.Session:
        models = botocore.session.get_session()
        models.register_component("data_loader", MODELS)
        session = boto3.Session("testing", "testing", region_name="eu-west-1", botocore_session=models)
        session.events.register("before-parameter-build", self._remember)
        session.events.register("before-call", self._answer)
        return session

    def _remember(self, params: Mapping[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["parameters"] = dict(params)

    def _answer(self, model: OperationModel, context: dict[str, Any], **_: Any) -> Any:
        call = f"{model.service_model.service_name}:{model.name}"
        self.calls.append(call)
        if code := self.refusals.get(call):
            error = {"Error": {"Code": code, "Message": "as arranged"}, "ResponseMetadata": {}}
            return SimpleNamespace(status_code=400), error
        answer = dict(self.answers[call](context["parameters"]))
        if model.output_shape:
            report = ParamValidator().validate(answer, model.output_shape)
            assert not report.has_errors(), f"{call}: {report.generate_report()}"
        return SimpleNamespace(status_code=200), answer
