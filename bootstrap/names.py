"""The names of what the account is given once. The stage's own names all begin with `tollgate-<stage>-`."""

from infra import boundary

DEPLOY = "tollgate-deploy"
PREVIEW = "tollgate-preview"
OPERATOR = "tollgate-operator"
# Resource parts of IAM ARNs: what a workflow never changes. The roles' policies begin with their names.
MADE_HERE = (
    *(f"role/{role}" for role in (DEPLOY, PREVIEW, OPERATOR)),
    *(f"policy/{role}-*" for role in (DEPLOY, PREVIEW, OPERATOR)),
    f"policy/{boundary.FUNCTIONS}",
    f"policy/{boundary.SERVICES}",
    "oidc-provider/*",
)
