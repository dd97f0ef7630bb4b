"""A new stage: its files, written after those of one that is there."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from bootstrap.settings import AccountSettings
from infra.settings import Settings
from infra.settings.edge import HostName
from infra.settings.kinds import AccountId, Region
from onboarding.failure import Failure
from onboarding.stack_files import stack_file
from ops.policies.checking import CONFIGURATIONS
from ops.stages.listing import FILE, StageName, Stages, text_of
from ops.stages.promotion import WORKFLOW, with_stages
from policies.pack.platform import region_is_allowed

# Of the stack whose file it is: who opens it is in the other account.
SEALED = re.compile(r"^(secretsprovider|encryptedkey|encryptionsalt):.*\n", re.MULTILINE)
CERTIFICATE = re.compile(r"(?<=:certificate/)[0-9a-f-]{36}")
ZONE = re.compile(r"(?<=zone_id: )Z[A-Z0-9]+")
SSO_ROLE = re.compile(r"(?<=_)[0-9a-f]{16}\b")


class NewStage(Struct, frozen=True):
    """`after`: the stage that a release reaches before it; None to be the first. `domain`: the API's name."""

    name: StageName
    account_id: AccountId
    region: Region
    after: str | None
    domain: HostName | None = None

    @classmethod
    def asked(cls, **given: str | None) -> "NewStage":
        """As somebody asks for it. Raises `Failure` for what can't be a stage."""
        try:
            return msgspec.convert(given, cls)
        except msgspec.ValidationError as error:
            raise Failure(f"That can't be a stage: {error}.", "See `tollgate stage add --help`.") from error


@dataclass(frozen=True)
class Model:
    """The stage whose settings the new one begins with."""

    settings: Settings
    account: AccountSettings

    @property
    def name(self) -> str:
        return self.settings.stack


def files(new: NewStage, model: Model, stages: Stages, root: Path) -> Mapping[Path, str]:
    """What is to be written, by path in the project. Raises `Failure`, and never writes."""
    order = _order(new, stages)
    differences = dict(stages.differences)
    if model.name in differences and order[-1] != new.name:
        differences[new.name] = {
            key: _renamed(reason, new, model) for key, reason in differences[model.name].items()
        }
    return {
        Path(f"Pulumi.{new.name}.yaml"): _stack(new, model, root),
        Path("bootstrap") / f"Pulumi.{new.name}.yaml": _account(new, model, root),
        CONFIGURATIONS / f"{new.name}.json": _policies(new, model, root),
        Path(FILE): text_of(Stages(order, differences)),
        WORKFLOW: with_stages((root / WORKFLOW).read_text(encoding="utf-8"), order),
    }


def _order(new: NewStage, stages: Stages) -> tuple[str, ...]:
    if new.name in stages.stages:
        raise Failure(f"There is a stage '{new.name}' already.", f"Choose another name; see {FILE}.")
    place = stages.stages.index(new.after) + 1 if new.after else 0
    return (*stages.stages[:place], new.name, *stages.stages[place:])


def _stack(new: NewStage, model: Model, root: Path) -> str:
    if new.domain and not model.settings.edge.domain:
        raise Failure(f"{model.name} has no domain to be replaced by another.", "See --like.")
    text = _moved(stack_file(model.name, root).read_text(encoding="utf-8"), new, model)
    if domain := model.settings.edge.domain:
        renamed = _renamed(domain.name, new, model)
        if (new.domain or renamed) == domain.name:
            raise Failure(
                f"{domain.name} is the domain of {model.name}, and can't be that of {new.name}, too.",
                f"Name the new stage's own: --domain api.{new.name}.example.com",
            )
        text = text.replace(renamed, new.domain or renamed)
        if shown := model.settings.card_fields:
            # Beside the API, as in the model.
            label, beside = shown.name.partition(".")[0], (new.domain or renamed).partition(".")[2]
            text = text.replace(_renamed(shown.name, new, model), f"{label}.{beside}")
        text = CERTIFICATE.sub("00000000-0000-0000-0000-000000000000", text)
        text = ZONE.sub("Z00000000", text)
    return text


def _account(new: NewStage, model: Model, root: Path) -> str:
    text = stack_file(model.name, root / "bootstrap").read_text(encoding="utf-8")
    return SSO_ROLE.sub("0" * 16, _moved(text, new, model))


def _policies(new: NewStage, model: Model, root: Path) -> str:
    text = (root / CONFIGURATIONS / f"{model.name}.json").read_text(encoding="utf-8")
    values: dict[str, Any] = json.loads(_renamed(text, new, model))
    usual: list[str] = region_is_allowed.settings["regions"]["default"]
    setting = values.get("region-is-allowed", {})
    regions = setting.get("regions", usual)
    if new.region not in regions:
        values["region-is-allowed"] = {
            "reason": f"{new.name} lives in {new.region}.",
            **setting,
            "regions": [*regions, new.region],
        }
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def _moved(text: str, new: NewStage, model: Model) -> str:
    """The same settings, of the other account and Region; what is copied elsewhere stays there."""
    text = SEALED.sub("", text).replace(model.settings.account_id, new.account_id)
    region = re.compile(rf"(?<!copy_region: ){re.escape(model.settings.region)}(?![\w-])")
    return region.sub(new.region, _renamed(text, new, model))


def _renamed(text: str, new: NewStage, model: Model) -> str:
    return re.sub(rf"\b{re.escape(model.name)}\b", new.name, text)
