"""Everything that can be said of a project's stages without an account, but for the policies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onboarding.failure import Failure
from onboarding.stack_files import stacks
from ops.options import LOCAL
from ops.policies.checking import configuration
from ops.stages.consistency import placeholders, with_account
from ops.stages.differences import undeclared, unfounded
from ops.stages.listing import FILE, Stages
from ops.stages.promotion import WORKFLOW, misplaced
from ops.stages.settings import account_settings, stage_settings


@dataclass(frozen=True)
class Problem:
    """`what` is wrong with a file, in a sentence; `where`: its path in the project."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def problems(chosen: Sequence[str], stages: Stages, root: Path) -> list[Problem]:
    """All of the project's list, and of the files of the stages that are looked at."""
    found = list(_of_the_list(stages, root))
    for stage in chosen:
        try:
            found += _of_a_stage(stage, stages, root)
        except Failure as failure:
            found.append(Problem(stage, f"{failure.reason} {failure.remedy}"))
    return found


def _of_the_list(stages: Stages, root: Path) -> Iterator[Problem]:
    there = set(stacks(root)) - {LOCAL}
    for stage in sorted(there - set(stages.stages)):
        yield Problem(FILE, f"{stage} isn't listed, although there is a Pulumi.{stage}.yaml")
    if repeated := sorted({each for each in stages.stages if stages.stages.count(each) > 1}):
        yield Problem(FILE, f"{', '.join(repeated)} stands there twice")
    for stage in stages.differences.keys() - set(stages.stages[:-1]):
        yield Problem(FILE, f"`differences` names {stage}, which is no stage before {stages.last}")
    workflow = root / WORKFLOW
    if workflow.is_file():
        for what in misplaced(workflow.read_text(encoding="utf-8"), stages.stages):
            yield Problem(str(WORKFLOW), what)


def _of_a_stage(stage: str, stages: Stages, root: Path) -> Iterator[Problem]:
    file = f"Pulumi.{stage}.yaml"
    settings = stage_settings(stage, root)
    yield from (Problem(file, what) for what in with_account(settings, account_settings(stage, root)))
    yield from (Problem(where, what) for where, what in placeholders(stage, root))
    configuration(stage, root, None)
    if stage != stages.last:
        last, declared = stage_settings(stages.last, root), stages.differences.get(stage, {})
        for path in undeclared(settings, last, declared):
            yield Problem(
                file, f"{path} differs from {stages.last}'s: say why in {FILE}, or make it the same"
            )
        for path in unfounded(settings, last, declared):
            yield Problem(FILE, f"{stage}'s {path} is declared, and doesn't differ from {stages.last}'s")
    for other in stages.stages:
        if other != stage and stage_settings(other, root).account_id == settings.account_id:
            yield Problem(file, f"its account is also that of {other}; each stage needs one of its own")
