"""Requirements 10 and 11: logs, and looking for weaknesses and intrusions."""

from ops.controls.requirement import Requirement

REQUIREMENTS = (
    Requirement("10.1", "Rules for logs are written down and somebody's job", people="All of it."),
    Requirement(
        "10.2",
        "Logs tell what happened, to whom and by whom",
        ("infra/detection/trail.py", "runtime/tollgate/domain/audit.py"),
        (
            "tests/infra/test_trail.py::test_no_management_event_is_left_out",
            "tests/unit/api/test_audits.py::test_a_refused_access_is_on_the_record_of_the_callers_merchant",
        ),
    ),
    Requirement(
        "10.2.1",
        "Logs are on everywhere",
        (
            "infra/detection/trail.py",
            "infra/api.py",
            "infra/functions.py",
            "infra/network/flow_logs.py",
            "infra/firewall/visibility.py",
        ),
        (
            "tests/infra/test_trail.py::test_a_trail_is_of_all_regions_validated_encrypted_and_on",
            "tests/infra/network/test_flow_logs.py::test_every_connection_is_logged_accepted_or_not",
            "tests/infra/test_api.py::test_the_stage_logs_each_access_without_body_query_or_header",
        ),
        "That they arrive: `tollgate verify`.",
    ),
    Requirement(
        "10.2.1.1",
        "Every access to card data leaves a record",
        ("infra/detection/event_selectors.py", "runtime/tollgate/operations/read_token.py"),
        (
            "tests/infra/test_trail.py::test_every_use_of_a_card_is_recorded_the_functions_own_too",
            "tests/e2e/test_audits.py::test_every_read_is_on_the_trail_with_the_digest_of_the_very_bytes",
        ),
    ),
    Requirement(
        "10.2.1.3",
        "Every access to logs leaves a record",
        ("infra/detection/event_selectors.py", "infra/archive/buckets.py"),
        (
            "tests/infra/test_archive.py::test_whoever_reaches_for_records_is_logged",
            "tests/unit/api/test_audits.py::test_reading_the_trail_is_on_the_trail",
        ),
    ),
    Requirement(
        "10.2.2",
        "A record says who, what, when, from where, on what, and how it ended",
        ("runtime/tollgate/domain/audit.py", "infra/api.py"),
        (
            "tests/infra/test_api.py::test_the_access_log_tells_who_refused_a_request_and_how_it_was_connected",
        ),
    ),
    Requirement(
        "10.3",
        "Logs are protected against destruction and change",
        ("infra/bucket.py", "infra/archive/buckets.py"),
        ("tests/infra/test_detection.py::test_evidence_is_locked_for_as_long_as_the_stage_says",),
    ),
    Requirement(
        "10.3.1",
        "Only those read logs who need them",
        ("infra/archive/statements.py", "infra/key_policy.py"),
        (
            "tests/infra/test_archive_access.py::test_only_delivery_and_export_write_and_only_the_investigator_reads",
            "tests/infra/test_detection.py::test_evidence_is_read_by_operators_through_s3",
        ),
        "Who these are.",
    ),
    Requirement(
        "10.3.2",
        "Nobody changes logs",
        ("infra/bucket.py", "infra/archive/buckets.py", "infra/access.py"),
        (
            "tests/infra/test_archive.py::test_nothing_is_put_into_the_archive_before_it_is_locked",
            "tests/infra/test_privilege.py::test_what_must_be_refused_is_refused",
        ),
    ),
    Requirement(
        "10.3.3",
        "Logs are soon copied to where they are hard to change",
        ("infra/archive/delivery.py", "security/evidence.py"),
        (
            "tests/infra/test_archive.py::test_every_log_group_is_archived_whole",
            "tests/security/test_security.py::test_nobody_removes_from_the_witness_whatever_else_they_may",
        ),
        "That they arrive: `tollgate verify`.",
    ),
    Requirement(
        "10.3.4",
        "A change of logs is noticed",
        ("infra/detection/trail.py", "runtime/tollgate/domain/audit.py"),
        (
            "tests/infra/test_trail.py::test_a_trail_is_of_all_regions_validated_encrypted_and_on",
            "tests/e2e/test_audits.py::test_a_chain_runs_through_captures_and_refunds",
        ),
        "Running `aws cloudtrail validate-logs`. A chain of audit records that is written anew as a whole"
        " isn't noticed by itself.",
    ),
    Requirement(
        "10.4",
        "Logs are looked through",
        ("infra/detection/findings.py", "infra/archive/queries.py"),
        ("tests/infra/test_archive_queries.py::test_the_usual_questions_are_saved",),
        "The look, daily.",
    ),
    Requirement(
        "10.4.1.1",
        "That is done by machines",
        ("infra/detection/guardduty.py", "infra/detection/call_findings.py"),
        (
            "tests/infra/test_findings.py::test_an_event_is_the_findings_that_it_should_be",
            "tests/infra/test_detection.py::test_guardduty_decides_every_feature",
        ),
        "Whether a real event has the form that the patterns expect.",
    ),
    Requirement(
        "10.4.3",
        "What stands out is dealt with",
        ("infra/detection/findings.py", "docs/runbook/alarms.md"),
        ("tests/infra/test_findings.py::test_each_finding_goes_to_the_topic_of_its_urgency",),
        "Dealing with it.",
    ),
    Requirement(
        "10.5",
        "Logs are there when they are needed",
        ("infra/archive/catalog.py",),
        ("tests/infra/test_archive_queries.py::test_tables_find_what_delivery_and_exports_write",),
        "That Athena reads what is delivered.",
    ),
    Requirement(
        "10.5.1",
        "Logs are kept for a year, three months of it at hand",
        ("infra/archive/buckets.py", "infra/settings/archive.py"),
        (
            "tests/infra/test_archive.py::test_records_stay_as_long_as_the_stage_says",
            "tests/infra/test_storage.py::test_every_log_group_is_encrypted_and_kept_for_a_set_time",
        ),
    ),
    Requirement("10.6", "All clocks agree", people="AWS (its attestation): functions have no clock of ours."),
    Requirement(
        "10.7",
        "Failures of security controls are noticed, told and dealt with",
        ("infra/alerts.py", "infra/observability/alarm.py"),
        (
            "tests/infra/test_alarm_definitions.py::test_every_alarm_tells_a_topic_of_its_beginning_and_its_end",
        ),
    ),
    Requirement(
        "10.7.2",
        "A control that fails is noticed at once",
        ("infra/detection/call_findings.py", "infra/alerts.py"),
        (
            "tests/infra/test_findings.py::test_security_hub_tells_of_new_failures_of_its_own_checks",
            "tests/infra/test_alarms.py::test_backups_exports_logs_and_the_trail_are_missed_when_they_dont_come",
        ),
        "Subscribers who confirm, and read.",
    ),
    Requirement(
        "10.7.3",
        "It is answered at once: mended, written down, learned from",
        ("docs/runbook/alarms.md",),
        (
            "tests/infra/test_alarm_runbook.py::test_every_alarm_has_its_section_in_the_runbook_and_every_section_its_alarm",
        ),
        "Answering.",
    ),
    Requirement(
        "11.1", "Rules for testing security are written down and somebody's job", people="All of it."
    ),
    Requirement(
        "11.2", "Unknown wireless access is looked for", people="The operator's offices; AWS's halls."
    ),
    Requirement(
        "11.3",
        "Weaknesses are scanned for, inside and outside",
        people="Quarterly scans, those from outside by an approved vendor (ASV).",
    ),
    Requirement(
        "11.4", "Somebody tries to break in, each year", people="A penetration test, of segments too."
    ),
    Requirement(
        "11.5",
        "Intrusions and unexpected changes are noticed",
        ("infra/detection/guardduty.py", ".github/workflows/drift.yml"),
        ("tests/infra/test_boundaries.py::test_a_policy_that_is_added_to_a_role_by_hand_is_drift",),
        "The nightly comparison needs an account.",
    ),
    Requirement(
        "11.5.1",
        "Intrusions are looked for, and told",
        ("infra/detection/guardduty.py", "infra/network/flow_logs.py"),
        ("tests/infra/test_detection.py::test_guardduty_decides_every_feature",),
        "Answering.",
    ),
    Requirement(
        "11.5.2",
        "Changes of critical files are noticed",
        ("infra/detection/config.py", "infra/exclusive.py", "ops/package/archive.py"),
        (
            "tests/package/test_package.py::test_two_builds_are_the_same_bytes",
            "tests/infra/test_detection.py::test_all_resources_are_recorded_and_delivered_under_our_key",
        ),
        "That AWS runs the package that it was given.",
    ),
    Requirement(
        "11.6",
        "Changed payment pages are noticed",
        ("ops/commands/fields.py",),
        ("tests/unit/ops/test_card_fields.py::test_a_planted_byte_is_found",),
        "The merchants' own pages.",
    ),
    Requirement(
        "11.6.1",
        "Scripts and headers of payment pages are compared with what they should be, as a browser gets them",
        (
            "ops/card_fields/comparison.py",
            "infra/fields/inventory.py",
            ".github/workflows/card-fields.yml",
        ),
        (
            "tests/unit/ops/test_card_fields.py::test_a_changed_header_is_found",
            "tests/unit/ops/test_card_fields.py::test_another_page_that_may_show_the_fields_is_found",
            "tests/architecture/test_workflows.py::test_the_card_fields_of_every_stage_are_looked_at_every_hour_without_credentials",
        ),
        "Hearing of a run of the workflow that failed, and acting on it.",
    ),
)
