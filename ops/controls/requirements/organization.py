"""Requirement 12: what the organization itself does."""

from ops.controls.requirement import Requirement

REQUIREMENTS = (
    Requirement(
        "12.1", "There is a policy of information security, and somebody responsible", people="All of it."
    ),
    Requirement("12.2", "There are rules for using computers", people="All of it."),
    Requirement(
        "12.3",
        "Risks are known, judged and dealt with",
        ("policies/pack/exceptions.py",),
        ("tests/policies/test_exceptions.py::test_an_expired_one_excuses_nothing_and_is_a_violation_itself",),
        "Analyses of risk; the yearly review of ciphers, hardware and software.",
    ),
    Requirement(
        "12.4",
        "Somebody sees to it that the standard is kept (service providers)",
        people="All of it, with a review every three months.",
    ),
    Requirement(
        "12.5",
        "It is known what is in scope",
        ("ops/graph/inventory.py",),
        ("tests/infra/test_documents.py::test_the_inventory_has_every_resource_of_dev_and_prod",),
        "Confirming it.",
    ),
    Requirement(
        "12.5.1",
        "There is a list of all that is in scope, with its purpose",
        ("ops/graph/inventory.py", "ops/graph/purposes.py", "infra/detection/config.py"),
        ("tests/infra/test_documents.py::test_the_inventory_has_every_resource_of_dev_and_prod",),
        "What isn't in AWS.",
    ),
    Requirement(
        "12.5.2",
        "The scope is written down and confirmed each year",
        ("infra/provider.py",),
        (
            "tests/infra/test_program.py::test_only_copies_of_backups_and_what_is_global_are_in_another_region",
        ),
        "Confirming it each year, or each half year (service providers).",
    ),
    Requirement("12.6", "People are taught about security", people="All of it."),
    Requirement("12.7", "People are looked at before they are hired", people="All of it."),
    Requirement(
        "12.8",
        "Risks from other companies are managed",
        people="AWS, Payroc, GitHub: contracts, attestations and who is responsible for what.",
    ),
    Requirement(
        "12.9",
        "Service providers tell their customers what they answer for",
        people="Whoever runs Tollgate for merchants; this page may be a start.",
    ),
    Requirement(
        "12.10",
        "Incidents are answered at once",
        ("docs/runbook.md",),
        people="A plan, people who are there day and night, training, a rehearsal each year.",
    ),
    Requirement(
        "12.10.1",
        "There is a plan: who does what, how business goes on, how data come back",
        ("docs/runbook/restore-a-table.md", "docs/runbook/lost-region.md", "infra/backup.py"),
        (
            "tests/infra/test_backup.py::test_every_table_is_backed_up_and_named",
            "tests/infra/test_backup.py::test_twice_a_week_a_backup_is_copied_to_the_other_region_under_a_key_there",
        ),
        "The plan as a whole, notices to card brands and acquirers; a restore that was rehearsed.",
    ),
    Requirement(
        "12.10.5",
        "What detection tells is part of the plan",
        ("infra/alerts.py", "infra/detection/findings.py", "docs/runbook/alarms.md"),
        ("tests/infra/test_alerts.py::test_a_stages_subscribers_are_those_of_its_settings",),
        "Subscribers who confirm, and answer.",
    ),
)
