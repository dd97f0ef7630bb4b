"""The names of what the account is given once. The stage's own names all begin with `tollgate-<stage>-`."""

from infra import boundary

DEPLOY = "tollgate-deploy"
PREVIEW = "tollgate-preview"
OPERATOR = "tollgate-operator"
AUDIT = "tollgate-audit"
ROLES = (DEPLOY, PREVIEW, OPERATOR, AUDIT)
# Resource parts of IAM ARNs: what a workflow never changes. The roles' policies begin with their names.
MADE_HERE = (
    *(f"role/{role}" for role in ROLES),
    *(f"policy/{role}-*" for role in ROLES),
    f"policy/{boundary.FUNCTIONS}",
    f"policy/{boundary.SERVICES}",
    "oidc-provider/*",
)
