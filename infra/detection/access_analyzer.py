"""IAM Access Analyzer: who outside can reach what is in the account, and which rights nobody uses."""

import pulumi
import pulumi_aws as aws

from infra.stage import Stage


class AccessAnalyzer(pulumi.ComponentResource):
    """The account's analyzer of access from outside (free), and of unused access (paid) if asked for."""

    def __init__(
        self,
        name: str,
        stage: Stage,
        unused_access_days: int | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("tollgate:detection:AccessAnalyzer", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        aws.accessanalyzer.Analyzer(
            "external-access",
            analyzer_name=stage.physical("external-access"),
            type="ACCOUNT",
            opts=child,
        )
        if unused_access_days is not None:
            aws.accessanalyzer.Analyzer(
                "unused-access",
                analyzer_name=stage.physical("unused-access"),
                type="ACCOUNT_UNUSED_ACCESS",
                configuration=aws.accessanalyzer.AnalyzerConfigurationArgs(
                    unused_access=aws.accessanalyzer.AnalyzerConfigurationUnusedAccessArgs(
                        unused_access_age=unused_access_days
                    )
                ),
                opts=child,
            )
        self.register_outputs({})
