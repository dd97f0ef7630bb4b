"""What is set once for the whole account: refusals that no mistake of a stage gets around."""

import pulumi
import pulumi_aws as aws

from bootstrap.settings import AccountSettings


class AccountDefaults(pulumi.ComponentResource):
    """No bucket and no disk snapshot is ever public, disks are encrypted, and passwords are long.

    AWS knows whom to tell of security, and AWS Config has its role. API Gateway's role for logs is set by the
    stage's program: its stage can't be made without it.
    """

    def __init__(
        self, name: str, settings: AccountSettings, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:bootstrap:AccountDefaults", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self._known_to_aws(settings, child)
        aws.s3.AccountPublicAccessBlock(
            "account",
            account_id=settings.account_id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child,
        )
        # Tollgate has no machines: these hold for whatever else gets into the account.
        aws.ebs.EncryptionByDefault("account", enabled=True, opts=child)
        aws.ebs.SnapshotBlockPublicAccess("account", state="block-all-sharing", opts=child)
        # Nobody should have a password here. PCI DSS 4.0.1, 8.3.6, 8.3.7 and 8.3.9, for whoever has one.
        aws.iam.AccountPasswordPolicy(
            "account",
            minimum_password_length=14,
            require_lowercase_characters=True,
            require_uppercase_characters=True,
            require_numbers=True,
            require_symbols=True,
            max_password_age=90,
            password_reuse_prevention=24,
            allow_users_to_change_password=True,
            opts=child,
        )
        self.register_outputs({})

    def _known_to_aws(self, settings: AccountSettings, child: pulumi.ResourceOptions) -> None:
        contact = settings.security_contact
        aws.account.AlternativeContact(
            "security",
            alternate_contact_type="SECURITY",
            name=contact.name,
            title=contact.title,
            email_address=contact.email,
            phone_number=contact.phone,
            opts=child,
        )
        if "config" not in settings.existing:
            # Here, and not by whoever deploys: only who may make a role for a service may hand it over.
            aws.iam.ServiceLinkedRole(
                "config",
                aws_service_name="config.amazonaws.com",
                description="How AWS Config reads the account's resources",
                opts=child,
            )
