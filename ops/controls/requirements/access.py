"""Requirements 7, 8 and 9: who may do what, as whom, and where."""

from ops.controls.requirement import Requirement

REQUIREMENTS = (
    Requirement("7.1", "Rules for access are written down and somebody's job", people="All of it."),
    Requirement(
        "7.2",
        "Who may do what is defined and assigned by need",
        ("infra/access.py", "infra/grants.py", "ops/iam/refusals.py"),
        ("tests/infra/test_privilege.py::test_every_grant_is_used_by_the_function_or_by_aws",),
        "Who of the people takes which role, and why.",
    ),
    Requirement(
        "7.2.1",
        "There is a model of access: by need, by role, and no more than that",
        ("infra/access.py", "runtime/tollgate/domain/access.py"),
        (
            "tests/architecture/test_routes.py::test_the_contract_names_the_scope_that_the_handler_asks_for",
            "tests/infra/test_privilege.py::test_what_must_be_refused_is_refused",
        ),
    ),
    Requirement(
        "7.2.2",
        "Everybody has the least that his work needs",
        ("infra/boundary.py", "bootstrap/policies.py"),
        (
            "tests/infra/test_boundaries.py::test_a_function_can_be_allowed_nothing_else",
            "tests/bootstrap/test_rights.py::test_operating_makes_merchants_and_reads_no_card",
        ),
        "AWS's own evaluation: `tollgate iam simulate`.",
    ),
    Requirement(
        "7.2.4",
        "Access of people is looked through every six months",
        ("infra/detection/access_analyzer.py", "ops/iam/report.py"),
        (
            "tests/infra/test_detection.py::test_access_from_outside_is_analyzed_and_unused_access_where_it_is_paid_for",
        ),
        "The look. `tollgate evidence` gives it its material.",
    ),
    Requirement(
        "7.2.5",
        "Accounts of applications have the least that they need",
        ("infra/access.py", "infra/grants.py", "infra/boundary.py"),
        (
            "tests/infra/test_grants.py::test_a_functions_policy_is_clean_and_without_wildcards",
            "tests/e2e/test_refusals.py::test_a_function_is_refused_what_is_not_its_business",
        ),
        "AWS's own evaluation: `tollgate iam simulate`. The periodic review.",
    ),
    Requirement(
        "7.2.6",
        "People ask stored card data through applications or as named administrators only",
        ("infra/access.py", "infra/archive/queries.py", "bootstrap/guards.py"),
        (
            "tests/infra/test_archive_queries.py::test_the_catalog_leaves_out_the_card_fingerprint",
            "tests/bootstrap/test_rights.py::test_a_workflow_touches_no_data_even_with_all_rights",
        ),
    ),
    Requirement(
        "7.3",
        "Systems enforce who may do what",
        ("infra/identity.py", "runtime/tollgate/operations/verify_access_token.py"),
        ("tests/e2e/test_tenancy.py::test_anothers_object_is_as_one_that_never_existed",),
    ),
    Requirement(
        "7.3.3",
        "What isn't allowed is refused",
        ("infra/gateway_document.py", "infra/network/endpoints.py"),
        (
            "tests/infra/test_gateway_document.py::test_every_other_method_under_v1_needs_an_access_token_and_a_usage_plan",
            "tests/unit/identity/test_authorizer.py::test_without_one_bearer_token_nobody_gets_in",
        ),
    ),
    Requirement("8.1", "Rules for identities are written down and somebody's job", people="All of it."),
    Requirement(
        "8.2",
        "Everybody has an identity of his own, which ends with his work",
        ("bootstrap/trust.py", "onboarding/clients.py"),
        (
            "tests/bootstrap/test_trust.py::test_people_take_a_role_with_the_named_roles_of_the_account_only",
            "tests/e2e/test_access.py::test_a_token_of_a_client_that_was_revoked_since_opens_nothing",
        ),
        "The directory of people: who comes, who leaves.",
    ),
    Requirement(
        "8.2.2",
        "Shared identities are an exception, approved and traceable",
        ("bootstrap/trust.py",),
        people="Root, the one shared identity of an account.",
    ),
    Requirement(
        "8.2.6",
        "Who hasn't come for 90 days is shut out",
        people="The directory of people. There are no IAM users here.",
    ),
    Requirement(
        "8.3",
        "Proofs of identity are strong",
        ("runtime/tollgate/operations/issue_access_token.py", "runtime/tollgate/adapters/signing.py"),
        (
            "tests/unit/identity/test_token_endpoint.py::test_a_client_that_does_not_prove_itself_is_refused",
            "tests/unit/identity/test_authorizer.py::test_a_token_by_another_key_under_our_kid_is_refused",
        ),
        "Passwords of people, in their directory.",
    ),
    Requirement(
        "8.3.1",
        "Nobody gets in without a proof",
        ("infra/gateway_document.py", "runtime/tollgate/operations/verify_access_token.py"),
        ("tests/e2e/test_access.py::test_what_is_no_access_token_opens_nothing",),
    ),
    Requirement(
        "8.3.2",
        "Proofs can't be read where they are stored or sent",
        ("onboarding/clients.py", "infra/secret_store.py"),
        ("tests/unit/ops/test_clients.py::test_a_client_is_stored_with_its_secrets_digest_alone",),
    ),
    Requirement(
        "8.3.4",
        "Who fails to prove himself again and again is held up",
        ("infra/firewall/limits.py",),
        ("tests/infra/test_firewall.py::test_access_tokens_have_a_stricter_limit_of_their_own",),
        "For people: their directory. Clients' secrets are random, and requests are limited by address.",
    ),
    Requirement(
        "8.3.6",
        "Passwords are long",
        ("bootstrap/account.py",),
        ("tests/bootstrap/test_account.py::test_a_password_that_somebody_gets_is_long_new_and_short_lived",),
        "The directory of people, who have no IAM users and no passwords here.",
    ),
    Requirement(
        "8.3.7",
        "New passwords are new",
        ("bootstrap/account.py",),
        ("tests/bootstrap/test_account.py::test_a_password_that_somebody_gets_is_long_new_and_short_lived",),
        "As 8.3.6.",
    ),
    Requirement(
        "8.3.9",
        "Passwords without a second factor are changed within 90 days",
        ("bootstrap/account.py",),
        ("tests/bootstrap/test_account.py::test_a_password_that_somebody_gets_is_long_new_and_short_lived",),
        "As 8.3.6.",
    ),
    Requirement("8.4", "A second factor is asked for", people="The directory of people, and root."),
    Requirement(
        "8.4.2",
        "Whoever reaches the card data environment needs a second factor",
        people="The directory of people, and root. Trust policies of operators' roles are the account's.",
    ),
    Requirement(
        "8.5", "The second factor can't be got round", people="The directory of people: how it is set up."
    ),
    Requirement(
        "8.6",
        "Accounts of applications are managed",
        ("bootstrap/trust.py", "onboarding/clients.py"),
        ("tests/architecture/test_workflows.py::test_no_long_lived_secret_is_used",),
        "Who answers for each client.",
    ),
    Requirement(
        "8.6.1",
        "Nobody logs in as an application",
        ("infra/functions.py", "infra/boundary.py"),
        (
            "tests/infra/test_functions.py::test_a_role_is_taken_by_lambda_for_this_account_only",
            "tests/e2e/test_refusals.py::test_nobody_but_lambda_may_take_a_functions_role",
        ),
    ),
    Requirement(
        "8.6.2",
        "Secrets of applications stand in no source, file or setting",
        ("infra/secret_store.py", "infra/functions.py"),
        (
            "tests/infra/test_program.py::test_no_secret_value_enters_the_programs_state",
            "tests/unit/ops/test_command.py::test_the_processors_key_is_read_from_standard_input_and_not_shown",
        ),
    ),
    Requirement(
        "8.6.3",
        "Secrets of applications are changed from time to time and when known to others",
        ("onboarding/clients.py", "docs/runbook/leaked-client-secret.md", "docs/runbook/rotate-keys.md"),
        ("tests/unit/ops/test_clients.py::test_a_rotation_keeps_every_secret_that_may_be_in_use",),
        "Doing it, as often as the operator's risk analysis says.",
    ),
    Requirement("9.1", "Rules for physical access are written down and somebody's job", people="All of it."),
    Requirement("9.2", "Rooms with card data are closed to others", people="AWS (its attestation)."),
    Requirement(
        "9.3",
        "Staff and visitors are let in and out",
        people="AWS (its attestation); the operator's offices.",
    ),
    Requirement(
        "9.4",
        "Media with card data are kept, moved and destroyed safely",
        people="AWS (its attestation). On paper or on a stick nothing is made by us.",
    ),
    Requirement(
        "9.5",
        "Card readers aren't tampered with",
        people="The merchants: Tollgate takes no card at a reader.",
    ),
)
