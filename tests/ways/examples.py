"""An example of each way of CONTRIBUTING.md."""

from tests.ways.way import Step, Way

FIELD = Way(
    "A field of the API",
    [
        Step(
            "runtime/openapi.yaml",
            "PaymentRequest:",
            [
                (
                    'description: "Your own words, for people."}\n        metadata:',
                    'description: "Your own words, for people."}\n'
                    "        note: {type: string, minLength: 1, maxLength: 9, description: A note.}\n"
                    "        metadata:",
                ),
                ("        - description\n", "        - description\n        - note\n"),
                (
                    'description: "Your own words, as they were sent."}\n        metadata:',
                    'description: "Your own words, as they were sent."}\n'
                    "        note: {type: string, nullable: true, maxLength: 9, description: The note.}\n"
                    "        metadata:",
                ),
            ],
        ),
        Step(
            "runtime/tollgate/handlers/terms.py",
            "class TermsFields",
            [
                (
                    "    metadata: Metadata | UnsetType = UNSET\n",
                    "    metadata: Metadata | UnsetType = UNSET\n"
                    "    note: Annotated[str, Meta(min_length=1, max_length=9)] | UnsetType = UNSET\n",
                ),
                (
                    "        metadata={} if body.metadata",
                    "        note=None if body.note is UNSET else body.note,\n"
                    "        metadata={} if body.metadata",
                ),
            ],
        ),
        Step(
            "runtime/tollgate/domain/payment.py",
            "class Terms",
            [
                (
                    "    metadata: Mapping[str, str]\n",
                    "    metadata: Mapping[str, str]\n    note: str | None = None\n",
                )
            ],
        ),
        Step(
            "runtime/tollgate/adapters/payment_rows.py",
            "def payment_row",
            [
                (
                    '        "description": terms.description,\n',
                    '        "description": terms.description,\n        "note": terms.note,\n',
                ),
                (
                    '        description=row.get("description"),\n',
                    '        description=row.get("description"),\n        note=row.get("note"),\n',
                ),
            ],
        ),
        Step(
            "runtime/tollgate/handlers/objects.py",
            "def payment_object",
            [
                (
                    '        "description": terms.description,\n',
                    '        "description": terms.description,\n        "note": terms.note,\n',
                )
            ],
        ),
        Step("docs/integrate/changelog.md", "## Changes"),
    ],
    """
from dataclasses import replace
from tests.examples import payment
from tests.unit.api import test_contract_fields as fields
from tollgate.adapters.payment_rows import payment_of, payment_row
from tollgate.handlers.objects import payment_object

fields.test_a_request_has_the_contracts_fields_and_limits("PaymentRequest")
noted = replace(payment(), terms=replace(payment().terms, note="n"))
assert payment_of(payment_row(noted, "listing")) == noted
assert payment_object(noted)["note"] == "n"
assert payment_object(noted).keys() == fields.SCHEMAS["Payment"]["properties"].keys()
""",
    forgotten=3,
)
ROUTE = Way(
    "A route",
    [
        Step(
            "runtime/openapi.yaml",
            "paths:",
            [
                (
                    "  /v1/payments/{id}/refunds:\n",
                    "  /v1/payments/{id}/receipt:\n    get:\n      operationId: get_receipt\n"
                    "      description: Scope `payments:read`.\n"
                    '      security: [{oauth: ["payments:read"]}, {jwt: []}]\n'
                    "  /v1/payments/{id}/refunds:\n",
                )
            ],
        ),
        Step(
            "infra/routing.py",
            "PATHS",
            [
                (
                    '        "/v1/payments/{id}/void",\n',
                    '        "/v1/payments/{id}/void",\n        "/v1/payments/{id}/receipt",\n',
                )
            ],
        ),
        Step(
            "runtime/tollgate/handlers/payments.py",
            "ROUTES",
            [
                (
                    "ROUTES = {\n",
                    "ROUTES = {\n"
                    '    "GET /v1/payments/{id}/receipt": '
                    'Route(Scope.PAYMENTS_READ, read, "payment", "id"),\n',
                )
            ],
        ),
        Step("infra/functions.py", "VARIABLES"),
        Step("infra/grants.py", "def granted"),
        Step("docs/integrate/changelog.md", "## Changes"),
    ],
    """
from tests.architecture import test_routes as routes

routes.test_every_documented_operation_has_its_handler_and_every_handler_its_operation()
routes.test_the_contract_names_the_scope_that_the_handler_asks_for()
assert "GET /v1/payments/{id}/receipt" in routes.documented()["payments"]
""",
    forgotten=2,
)
ALARM = Way(
    "An alarm",
    [
        Step(
            "infra/observability/alarms/money.py",
            "def money",
            [
                (
                    '        Alarm(\n            name="sweeper-silent",\n',
                    '        Alarm(\n            name="post-late",\n            runbook="post-late",\n'
                    '            meaning="An example.",\n'
                    '            series=runtime("OldestOpenOperation", "Maximum"),\n'
                    '            threshold=1,\n            unit="seconds",\n'
                    "            severity=Severity.NOTICE,\n            period=MINUTE,\n"
                    "            periods=1,\n            datapoints=1,\n        ),\n"
                    '        Alarm(\n            name="sweeper-silent",\n',
                )
            ],
        ),
        Step(
            "docs/runbook/alarms.md",
            "### sweeper-silent",
            [("### sweeper-silent\n", "### post-late\n\nAn example.\n\n### sweeper-silent\n")],
        ),
    ],
    """
import re
from pathlib import Path
from infra.observability.alarms import PAYMENTS_DOWN, alarms
from tests.infra.settings.stack_file import read

Path("tollgate.zip").touch()
meant = {each.runbook for each in alarms(read(Path.cwd()))} | {PAYMENTS_DOWN.runbook}
sections = set(re.findall(r"^### (\\S+)$", Path("docs/runbook/alarms.md").read_text(), re.MULTILINE))
assert "post-late" in meant
assert meant <= sections, meant - sections
""",
    forgotten=1,
)
POLICY = Way(
    "A policy",
    [
        Step(
            "policies/pack/durability.py",
            "@policy(",
            [
                (
                    "def table_has_deletion_protection(",
                    "def table_has_a_name(table: Resource, durable: bool) -> Violations:\n"
                    '    """An example."""\n'
                    '    if not table.props.get("name"):\n        yield "it has none"\n\n\n'
                    '@policy(\n    on=TABLE,\n    severity=HIGH,\n    pci=[],\n    remedy="Name it.",\n'
                    '    url=DYNAMODB,\n    settings={"durable": DURABLE},\n)\n'
                    "def table_has_deletion_protection(",
                )
            ],
        ),
        Step(
            "tests/policies/topics/durability.py",
            "CASES",
            [
                (
                    "CASES = [\n",
                    "CASES = [\n    Case(\n        durability.table_has_a_name,\n"
                    '        passes=[resource(TABLE, name="x")],\n        fails=[resource(TABLE)],\n'
                    "        unknown=[resource(TABLE, name=UNKNOWN)],\n"
                    '        broken=change(TABLE, "payments", {"name": None}),\n    ),\n',
                )
            ],
        ),
    ],
    """
from tests.policies import test_cases as cases

cases.test_every_policy_has_its_case()
(mine,) = (case for case in cases.CASES if case.policy.name == "table-has-a-name")
cases.test_it_passes_what_is_right(mine)
cases.test_it_fails_what_is_wrong(mine)
cases.test_it_judges_nothing_that_it_doesnt_know(mine)
""",
    forgotten=1,
)
SETTING = Way(
    "A setting",
    [
        Step(
            "infra/settings/alerts.py",
            "class Alerting",
            [
                (
                    "`blocked_requests` by the firewall in five minutes. ",
                    "`blocked_requests` by the firewall in five minutes. `quiet_minutes`: an example. ",
                ),
                (
                    "    blocked_requests: Positive = 1_000\n",
                    "    blocked_requests: Positive = 1_000\n    quiet_minutes: Positive = 5\n",
                ),
            ],
        ),
        Step("docs/settings.md", command=("-m", "ops.settings")),
    ],
    """
from pathlib import Path
import infra.settings
from ops.settings.page import page
from tests.infra.settings.stack_file import ALERTS, read

Path("tollgate.zip").touch()
assert read(Path.cwd(), alerts={**ALERTS, "quiet_minutes": 9}).alerts.quiet_minutes == 9
try:
    read(Path.cwd(), alerts={**ALERTS, "quiet_minutes": 0})
except Exception as refused:
    assert "quiet_minutes" in str(refused), refused
else:
    raise AssertionError("0 was taken")
assert Path("docs/settings.md").read_text() == page()
""",
    forgotten=1,
)
COMMAND = "import sys; from ops.__main__ import main; sys.argv[0] = 'tollgate'; main()"
NEW = ("--account", "444444444444", "--region", "eu-west-1")
STAGE = Way(
    "A stage",
    [Step("stages.json", command=("-c", COMMAND, "stage", "add", "staging", *NEW))],
    """
from pathlib import Path

for path in ("Pulumi.staging.yaml", "bootstrap/Pulumi.staging.yaml", "policies/config/staging.json"):
    assert Path(path).is_file(), path
assert '"staging"' in Path("stages.json").read_text()
""",
    forgotten=0,
)
WAYS = (FIELD, ROUTE, ALARM, POLICY, SETTING, STAGE)
