"""Requirements 3 and 4: card data, stored and sent."""

from ops.controls.requirement import Requirement

REQUIREMENTS = (
    Requirement("3.1", "Rules for stored card data are written down and somebody's job", people="All of it."),
    Requirement(
        "3.2",
        "As little as possible is stored, for as short as possible",
        ("runtime/tollgate/operations/delete_token.py", "infra/data.py"),
        (
            "tests/e2e/test_tokens.py::test_a_deleted_token_is_gone_and_so_is_its_ciphertext",
            "tests/unit/api/test_payments.py::test_a_payment_with_a_card_keeps_neither_token_nor_number",
        ),
        "How long merchants may keep tokens, and deleting those that nobody needs.",
    ),
    Requirement(
        "3.2.1",
        "There is a policy of keeping and removing, and it is carried out",
        ("infra/data.py", "infra/archive/exports.py", "infra/backup.py"),
        (
            "tests/infra/test_archive_access.py::test_the_vault_is_never_exported_nor_known_to_the_catalog",
            "tests/infra/test_backup.py::test_backups_are_kept_as_the_stage_says",
        ),
        "The policy, and the quarterly look whether it is kept. Backups hold a deleted card for their days.",
    ),
    Requirement(
        "3.3",
        "Codes of cards aren't kept once a payment is authorized",
        ("runtime/tollgate/domain/card.py", "runtime/tollgate/adapters/vault/sealing.py"),
        (
            "tests/e2e/test_card_data.py::test_no_card_code_is_kept",
            "tests/contract/vault/test_vault.py::test_the_card_comes_back_without_its_code",
        ),
        "PINs and magnetic stripes aren't taken at all.",
    ),
    Requirement(
        "3.3.1",
        "Codes stay in no log, trace, table or queue",
        ("runtime/tollgate/telemetry.py", "infra/api.py", "infra/firewall/visibility.py"),
        (
            "tests/contract/vault/test_vault_rows.py::test_no_row_holds_number_or_code_in_clear",
            "tests/contract/processor/test_card_data.py::test_card_data_is_in_no_log_and_no_outcome",
            "tests/infra/test_firewall.py::test_no_credential_query_or_body_is_seen_in_logs_or_samples",
        ),
        "The memory of a running function; free text that callers fill in (metadata, descriptions).",
    ),
    Requirement(
        "3.4",
        "Whoever sees a card number sees part of it only, and can't copy the whole",
        ("runtime/tollgate/domain/card.py", "runtime/tollgate/domain/token.py"),
        (
            "tests/unit/cards/test_card.py::test_a_cards_repr_shows_nothing",
            "tests/e2e/test_card_data.py::test_no_card_number_is_kept",
        ),
        "Screens of merchants, which show what they get: brand, last four digits, expiry.",
    ),
    Requirement(
        "3.5",
        "Stored card numbers can't be read",
        ("runtime/tollgate/adapters/vault/sealing.py", "infra/data.py"),
        (
            "tests/contract/vault/test_vault_rows.py::test_no_row_holds_number_or_code_in_clear",
            "tests/contract/vault/test_vault_rows.py::test_a_ciphertext_moved_to_another_token_or_merchant_does_not_open",
        ),
    ),
    Requirement(
        "3.5.1",
        "They are unreadable wherever they are stored",
        ("infra/keys.py", "infra/data.py", "infra/bucket.py", "infra/backup.py"),
        (
            "tests/infra/test_storage.py::test_a_table_is_under_its_own_key_and_restorable",
            "tests/infra/test_bucket.py::test_a_bucket_is_encrypted_with_its_key_at_one_call_for_many_objects",
        ),
    ),
    Requirement(
        "3.6",
        "Keys that protect card data are protected",
        ("infra/keys.py", "infra/key_policy.py"),
        ("tests/infra/test_storage.py::test_the_account_itself_can_use_no_key",),
        "A written description of keys and of who is answerable for them.",
    ),
    Requirement(
        "3.6.1",
        "Keys are as strong as what they protect, kept apart, in few places and few hands",
        ("infra/keys.py", "infra/key_policy.py"),
        (
            "tests/infra/test_storage.py::test_a_key_is_used_by_named_roles_and_services_only",
            "tests/infra/test_statements.py::test_administrators_can_not_use_a_key",
        ),
    ),
    Requirement(
        "3.6.1.2",
        "Secret and private keys are stored in a safe form",
        ("infra/secret_store.py", "runtime/tollgate/adapters/vault/sealing.py"),
        (
            "tests/infra/test_storage.py::test_secrets_are_containers_under_their_own_key",
            "tests/infra/test_program.py::test_no_secret_value_enters_the_programs_state",
        ),
        "That AWS KMS keeps its keys in hardware (its attestation).",
    ),
    Requirement(
        "3.6.1.3",
        "Few people reach a key in the clear",
        ("infra/key_policy.py", "infra/access.py", "bootstrap/guards.py"),
        (
            "tests/infra/test_storage.py::test_only_functions_that_see_cards_open_merchants_vault_keys",
            "tests/bootstrap/test_rights.py::test_a_workflow_uses_no_key_of_the_stage_itself",
        ),
        "Naming them. A card key is in an operator's memory while `tollgate keys rotate-card` runs.",
    ),
    Requirement(
        "3.7",
        "Keys have a life that somebody manages, from making to destroying",
        ("onboarding/card_keys.py", "docs/runbook/rotate-keys.md"),
        ("tests/unit/ops/test_card_keys.py::test_a_retired_key_is_withdrawn_and_destroyed",),
        "Procedures and their keepers, who confirm that they know their duties.",
    ),
    Requirement(
        "3.7.4",
        "Keys are changed at the end of their time",
        ("infra/keys.py", "onboarding/card_keys.py"),
        (
            "tests/infra/test_storage.py::test_every_key_has_an_alias_and_symmetric_ones_rotate",
            "tests/unit/ops/test_card_keys.py::test_a_rotation_puts_the_new_key_first_and_keeps_the_old",
        ),
        "Deciding how long that is; card keys and signing keys are rotated by command.",
    ),
    Requirement(
        "3.7.5",
        "Keys that are weak, known to others or no longer needed are withdrawn",
        ("onboarding/card_keys.py", "docs/runbook/rotate-keys.md"),
        (
            "tests/contract/card_keys/test_card_keys.py::test_a_retired_key_stops_opening_within_ten_minutes",
            "tests/unit/ops/test_card_keys.py::test_the_current_key_and_unknown_keys_are_not_retired",
        ),
        "Noticing, and deciding.",
    ),
    Requirement(
        "3.7.6",
        "Where people handle keys in the clear, nobody has a whole one",
        ("infra/key_policy.py",),
        ("tests/infra/test_statements.py::test_administrators_can_not_use_a_key",),
        "Nobody handles KMS's keys; making a card key is one person's command.",
    ),
    Requirement(
        "4.1", "Rules for sending card data are written down and somebody's job", people="All of it."
    ),
    Requirement(
        "4.2",
        "Card numbers are sent encrypted only",
        ("infra/domain.py", "runtime/tollgate/adapters/card_encryption.py"),
        (
            "tests/infra/test_domain.py::test_connections_are_tls_1_2_or_newer_with_forward_secrecy",
            "tests/unit/cards/test_card_encryption.py::test_any_changed_character_is_refused",
        ),
        "Mail, chat and tickets of people.",
    ),
    Requirement(
        "4.2.1",
        "Open networks are crossed with strong, valid and trusted encryption",
        ("infra/domain.py", "infra/bucket_policy.py", "infra/network/endpoints.py"),
        (
            "tests/infra/test_domain.py::test_connections_are_tls_1_2_or_newer_with_forward_secrecy",
            "tests/infra/test_bucket.py::test_everybody_is_refused_without_modern_tls",
        ),
        "A handshake with an old protocol, tried on a deployed stage.",
    ),
    Requirement(
        "4.2.1.1",
        "There is a list of the keys and certificates that are trusted",
        ("runtime/tollgate/adapters/key_set.py", "ops/graph/inventory.py"),
        (
            "tests/contract/signing/test_signing_keys.py::test_the_key_set_lists_signature_keys_then_card_keys",
        ),
        "The certificate itself, which the operator brings.",
    ),
)
