"""The programs on Pulumi's real engine, against a provider process of ours."""
