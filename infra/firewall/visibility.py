"""What can be seen of a rule."""

import pulumi_aws as aws


def visibility(metric: str) -> aws.wafv2.WebAclVisibilityConfigArgsDict:
    """A metric by its name. No samples: they show whole headers, access tokens included, in the console."""
    return {"cloudwatch_metrics_enabled": True, "metric_name": metric, "sampled_requests_enabled": False}
