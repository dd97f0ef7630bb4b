"""What the stack files of a stage say, typed, without running a program."""

from collections.abc import Mapping
from pathlib import Path

from bootstrap.settings import PROJECT as BOOTSTRAP
from bootstrap.settings import AccountSettings, read_account_settings
from engine import DeploymentError, configuration
from infra.settings import PROJECT, Settings, read_settings
from infra.settings.reading import InvalidSettingsError
from onboarding.failure import Failure
from onboarding.stack_files import stack_file


def stage_settings(stack: str, root: Path) -> Settings:
    """What `Pulumi.<stack>.yaml` says. Raises `Failure` for a wrong file."""
    # The settings want to see the functions' package, whose content doesn't matter here.
    overrides = {f"{PROJECT}:package": "Pulumi.yaml"}
    try:
        return read_settings(stack, _own(PROJECT, stack, root, overrides), root)
    except (DeploymentError, InvalidSettingsError) as error:
        raise Failure(str(error), f"Correct Pulumi.{stack}.yaml, or name another stack.") from error


def account_settings(stack: str, root: Path) -> AccountSettings:
    """What `bootstrap/Pulumi.<stack>.yaml` says of the stage's account. Raises `Failure` for a wrong file."""
    try:
        return read_account_settings(stack, _own(BOOTSTRAP, stack, root / "bootstrap", {}))
    except (DeploymentError, InvalidSettingsError) as error:
        raise Failure(f"bootstrap/{error}", f"Correct bootstrap/Pulumi.{stack}.yaml.") from error


def _own(project: str, stack: str, root: Path, overrides: Mapping[str, str]) -> dict[str, str]:
    stack_file(stack, root)
    values = configuration.load(root, stack, overrides).values
    prefix = f"{project}:"
    return {key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)}
