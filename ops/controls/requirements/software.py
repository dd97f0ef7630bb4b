"""Requirements 5 and 6: malware, and how software is made and changed."""

from ops.controls.requirement import Requirement

REQUIREMENTS = (
    Requirement("5.1", "Rules against malware are written down and somebody's job", people="All of it."),
    Requirement(
        "5.2",
        "Malware is kept out, or found",
        ("ops/package/wheels.py", "infra/detection/guardduty.py"),
        (
            "tests/package/test_refusals.py::test_a_wheel_whose_hash_differs_is_refused_in_uvs_words",
            "tests/infra/test_detection.py::test_guardduty_decides_every_feature",
        ),
        "Computers of operators and developers. That functions, without a file system that stays, aren't at"
        " risk has to be evaluated from time to time.",
    ),
    Requirement(
        "5.3", "Protection against malware runs, is current and is watched", people="As 5.2: the computers."
    ),
    Requirement("5.4", "People are protected against phishing", people="All of it."),
    Requirement("6.1", "Rules for developing are written down and somebody's job", people="All of it."),
    Requirement(
        "6.2",
        "Our own software is developed safely",
        ("CONTRIBUTING.md", ".github/workflows/check.yml"),
        (
            "tests/architecture/test_import_directions.py::test_a_layer_imports_only_what_lies_inwards",
            "tests/e2e/test_fuzz.py::test_every_answer_is_one_of_the_contract",
        ),
        "Training of developers each year; review by somebody who didn't write the change.",
    ),
    Requirement(
        "6.3",
        "Weaknesses are found and mended",
        ("requirements/lambda.txt", ".github/workflows/audit.yml", "SECURITY.md", "ops/package/wheels.py"),
        ("tests/package/test_package.py::test_dependencies_can_be_told_by_their_metadata",),
        "Acting on what `make audit` finds each day, and on what is reported.",
    ),
    Requirement(
        "6.3.1",
        "New weaknesses are found out about and ranked",
        ("infra/detection/security_hub.py", "infra/detection/findings.py"),
        ("tests/infra/test_findings.py::test_each_finding_goes_to_the_topic_of_its_urgency",),
        "Ranking, and sources beyond AWS's.",
    ),
    Requirement(
        "6.3.3",
        "Patches are installed, critical ones within a month",
        ("infra/compute.py",),
        (
            "tests/infra/test_functions.py::test_a_function_runs_on_a_supported_runtime_with_its_environment_encrypted",
        ),
        "Renewing the locks in time. AWS patches the runtime itself.",
    ),
    Requirement(
        "6.4",
        "Public web applications are protected against attacks",
        ("infra/firewall/__init__.py",),
        ("tests/infra/test_firewall.py::test_the_firewall_is_in_force_on_the_deployed_stage",),
        "What is on the merchants' own pages.",
    ),
    Requirement(
        "6.4.1",
        "New threats are dealt with by review or by a firewall (until 6.4.2 took its place)",
        ("infra/firewall/managed.py",),
        ("tests/infra/test_firewall.py::test_aws_groups_block_but_for_these_rules",),
    ),
    Requirement(
        "6.4.2",
        "An automatic solution finds and prevents attacks all the time",
        ("infra/firewall/managed.py", "infra/firewall/limits.py"),
        (
            "tests/infra/test_firewall.py::test_requests_pass_these_rules_in_this_order",
            "tests/infra/test_firewall.py::test_who_sends_too_much_hears_429_and_when_to_come_back",
        ),
        "What it blocks of real traffic.",
    ),
    Requirement(
        "6.4.3",
        "Scripts of payment pages are approved, whole, and on a list that says what each is for",
        ("docs/scripts.md", ".github/CODEOWNERS", "infra/fields/headers.py", "infra/fields/release.py"),
        (
            "tests/unit/ops/test_card_fields.py::test_the_list_of_scripts_is_that_of_the_release",
            "tests/unit/ops/test_card_fields.py::test_every_file_is_listed_with_what_it_is_for_and_who_approves",
            "tests/unit/local/test_card_fields.py::test_a_changed_byte_is_another_release",
            "tests/infra/test_card_fields.py::test_cloudfront_sends_what_is_declared",
        ),
        "Approving. The scripts of the merchants' own pages, Tollgate's loader with its hash among them.",
    ),
    Requirement(
        "6.5",
        "All changes are managed safely",
        (".github/workflows/main.yml", ".github/workflows/pull-request.yml"),
        (
            "tests/architecture/test_workflows.py::test_a_stage_follows_a_deployment_of_the_one_before_it_that_lives",
            "tests/architecture/test_workflows.py::test_what_is_deployed_is_what_was_checked",
        ),
        "GitHub's branch protection and environments, which the repository's owner sets.",
    ),
    Requirement(
        "6.5.1",
        "A change has a reason, an approval, a test and a way back",
        (".github/workflows/deploy.yml", "infra/durability.py"),
        (
            "tests/architecture/test_workflows.py::test_every_look_and_every_change_is_held_against_the_policies",
            "tests/infra/test_capacity.py::test_a_deployment_publishes_a_version_and_points_the_alias_at_it",
        ),
        "Reason and approval.",
    ),
    Requirement(
        "6.5.3",
        "Production is apart from everything before it, and this is enforced",
        ("infra/provider.py", "bootstrap/trust.py"),
        (
            "tests/infra/test_program.py::test_credentials_of_another_account_are_refused",
            "tests/bootstrap/test_trust.py::test_no_other_job_deploys",
        ),
        "An account for each stage.",
    ),
)
