"""Requirements 1 and 2: the network, and how what is in it is configured."""

from ops.controls.requirement import Requirement

REQUIREMENTS = (
    Requirement("1.1", "Network rules are written down, known, and somebody's job", people="All of it."),
    Requirement(
        "1.2",
        "Network controls are configured as approved, and stay so",
        ("infra/network/network.py", "ops/graph/picture.py", ".github/workflows/drift.yml"),
        (
            "tests/infra/test_documents.py::test_the_picture_is_of_prod",
            "tests/architecture/test_workflows.py::test_every_look_and_every_change_is_held_against_the_policies",
        ),
        "Approving changes; confirming the diagrams; the review every six months. The nightly comparison"
        " needs an account.",
    ),
    Requirement(
        "1.2.1",
        "There is a standard for each kind of network control, and it is in force",
        ("infra/network/security_groups.py", "infra/network/acl.py"),
        ("tests/infra/network/test_rules.py::test_what_is_put_nowhere_reaches_nothing",),
    ),
    Requirement(
        "1.2.5",
        "Open ports, protocols and services are known, approved and needed",
        ("infra/network/security_groups.py",),
        ("tests/infra/network/test_rules.py::test_a_group_has_no_rules_but_those_and_says_what_it_is_for",),
        "The approval.",
    ),
    Requirement(
        "1.3",
        "What enters and leaves the card data environment is limited",
        ("infra/network/placement.py", "infra/network/subnets.py"),
        ("tests/infra/network/test_placements.py::test_every_function_is_either_isolated_or_calls_out",),
        "Wireless and office networks have no way in by design; the operator sees to it that none is made.",
    ),
    Requirement(
        "1.3.1",
        "Only needed traffic comes in",
        ("infra/network/security_groups.py", "infra/network/vpc.py"),
        (
            "tests/infra/network/test_rules.py::test_endpoints_are_called_by_functions_and_functions_by_nobody",
        ),
    ),
    Requirement(
        "1.3.2",
        "Only needed traffic goes out",
        (
            "infra/network/egress.py",
            "infra/network/dns_firewall.py",
            "infra/network/egress_firewall.py",
            "infra/network/endpoints.py",
        ),
        (
            "tests/infra/network/test_dns_firewall.py::test_the_processors_names_and_awss_are_looked_up",
            "tests/infra/network/test_egress_firewall.py::test_the_processors_hosts_are_let_out_and_no_others",
            "tests/infra/network/test_endpoints.py::test_there_is_a_door_to_what_functions_call_and_to_nothing_else",
        ),
        "Whether Payroc is let through and nothing else, tried from inside. With `firewall: dns` a call to "
        "an address without a name isn't dropped, but logged.",
    ),
    Requirement(
        "1.4",
        "Trusted and untrusted networks meet only where that is controlled",
        ("infra/api.py", "infra/network/egress.py"),
        (
            "tests/infra/network/test_routes.py::test_isolated_subnets_lead_nowhere",
            "tests/infra/network/test_routes.py::test_public_subnets_hold_nat_gateways_and_nothing_else",
        ),
    ),
    Requirement(
        "1.4.1",
        "There are network controls between trusted and untrusted networks",
        ("infra/api.py", "infra/network/security_groups.py"),
        ("tests/infra/test_api.py::test_only_this_api_may_invoke_a_function",),
    ),
    Requirement(
        "1.4.2",
        "From outside one reaches only what is meant to be public, and answers",
        ("infra/api.py", "infra/gateway_document.py", "infra/firewall/__init__.py"),
        ("tests/infra/test_gateway_document.py::test_the_public_methods_are_these_and_no_others",),
    ),
    Requirement(
        "1.4.4",
        "What stores card data can't be reached from outside",
        ("infra/data.py", "infra/network/placement.py", "infra/bucket.py"),
        (
            "tests/infra/test_bucket.py::test_a_bucket_is_private_versioned_and_its_owners",
            "tests/bootstrap/test_account.py::test_nothing_in_the_account_can_be_made_public",
        ),
        "DynamoDB is AWS's own network service: IAM, key policies and endpoint policies stand in for a"
        " network zone. An assessor has to accept that.",
    ),
    Requirement(
        "1.4.5",
        "Inner addresses and routes are told to nobody outside",
        ("infra/network/subnets.py",),
        ("tests/infra/network/test_routes.py::test_nothing_gets_a_public_address_by_itself",),
    ),
    Requirement(
        "1.5",
        "Computers that reach both the card data environment and other networks are kept safe",
        people="All of it: the computers of operators and developers.",
    ),
    Requirement("2.1", "Rules for configuration are written down and somebody's job", people="All of it."),
    Requirement(
        "2.2",
        "Everything is configured safely and the same way",
        ("infra/__main__.py", "infra/settings/__init__.py"),
        (
            "tests/infra/test_stage_differences.py::test_dev_and_prod_have_the_same_resources_but_for_declared_ones",
            "tests/infra/test_program.py::test_a_wrong_setting_stops_the_program_before_anything_is_made",
        ),
        "Operating systems and hypervisors are AWS's (its attestation).",
    ),
    Requirement(
        "2.2.1",
        "Configuration follows a standard that is kept up to date, and is checked",
        ("infra/detection/config.py", "infra/detection/security_hub.py"),
        (
            "tests/infra/test_detection.py::test_security_hub_checks_the_named_standards",
            "tests/infra/test_config_rules.py::test_every_part_of_the_platform_has_its_rules",
        ),
        "Dealing with what Security Hub finds on the account.",
    ),
    Requirement(
        "2.2.2",
        "Accounts that a vendor delivers aren't used as delivered",
        people="Root: keeping its credentials away and giving it no access key. The rule sees the key on an"
        " account only.",
    ),
    Requirement(
        "2.2.4",
        "There is nothing that isn't needed",
        ("infra/api.py", "ops/package/selection.py"),
        (
            "tests/package/test_package.py::test_the_aws_models_are_those_that_the_runtime_calls",
            "tests/infra/test_functions.py::test_there_are_no_other_functions_and_no_role_has_two_policies",
        ),
    ),
    Requirement(
        "2.2.5",
        "Insecure services are avoided, or made safe",
        ("infra/network/security_groups.py",),
        (
            "tests/infra/network/test_rules.py::test_every_subnet_has_the_acl_that_allows_https_and_its_answers_only",
        ),
    ),
    Requirement(
        "2.2.7",
        "Administration over a network is encrypted",
        ("infra/bucket_policy.py", "infra/domain.py", "infra/statements.py"),
        (
            "tests/infra/test_bucket.py::test_everybody_is_refused_without_modern_tls",
            "tests/infra/test_statements.py::test_a_queue_refuses_plain_text_from_everybody",
        ),
        "AWS's own console and API speak TLS only (its attestation).",
    ),
    Requirement(
        "2.3",
        "Wireless networks are configured safely",
        people="Nothing here is wireless; the operator's offices may be.",
    ),
)
