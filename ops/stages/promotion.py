"""The order in which `.github/workflows/main.yml` deploys: each stage after the one before it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from onboarding.failure import Failure

WORKFLOW = Path(".github") / "workflows" / "main.yml"
MARK = "  # The stages of stages.json, from here to the end: `tollgate stage add` writes it anew.\n"
JOB = """
  {stage}:
    needs: {needs}
    uses: ./.github/workflows/deploy.yml
    with:
      stage: {stage}
      package_sha256: ${{{{ needs.check.outputs.package_sha256 }}}}
    permissions:
      contents: read
      id-token: write
"""


def with_stages(workflow: str, stages: Sequence[str]) -> str:
    """The workflow's text with a job for each stage. Raises `Failure` for one without the mark."""
    before, mark, _ = workflow.partition(MARK)
    if not mark:
        raise Failure(
            f"{WORKFLOW} has no line `{MARK.strip()}`, so that it can't be written anew.",
            "Put that line before the jobs that deploy, which are its last.",
        )
    jobs = [
        JOB.format(stage=stage, needs=_written(needs))
        for stage, needs in zip(stages, _needs(stages), strict=True)
    ]
    return before + mark + "".join(jobs)


def misplaced(workflow: str, stages: Sequence[str]) -> Iterator[str]:
    """What the workflow does in another order than the stages', or not at all."""
    jobs: dict[str, Any] = yaml.safe_load(workflow)["jobs"]
    deploying = {
        job["with"]["stage"]: job for job in jobs.values() if job.get("uses", "").endswith("/deploy.yml")
    }
    for stage, needs in zip(stages, _needs(stages), strict=True):
        if stage not in deploying:
            yield f"{stage} isn't deployed"
        elif missing := set(needs) - set(_listed(deploying[stage].get("needs", []))):
            yield f"{stage} doesn't wait for {', '.join(sorted(missing))}"
    yield from (f"{stage} is deployed, and isn't in stages.json" for stage in deploying.keys() - set(stages))


def _needs(stages: Sequence[str]) -> list[list[str]]:
    return [["check"], *(["check", before] for before in stages[:-1])]


def _written(needs: Sequence[str]) -> str:
    return needs[0] if len(needs) == 1 else f"[{', '.join(needs)}]"


def _listed(needs: str | list[str]) -> list[str]:
    return [needs] if isinstance(needs, str) else needs
