"""IAM roles and policies."""

from __future__ import annotations

from typing import ClassVar

from engine import Applied
from local.provisioning.creator import tag_list
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class Role:
    def __init__(self, inputs: Inputs) -> None:
        names = {
            "name": "RoleName",
            "assumeRolePolicy": "AssumeRolePolicyDocument",
            "description": "Description",
            "maxSessionDuration": "MaxSessionDuration",
            "path": "Path",
        }
        # The boundary is made by the bootstrap program, which only an account in AWS needs.
        inputs.only_in_aws("forceDetachPolicies", "permissionsBoundary")
        self._request = inputs.request(names) | {"Tags": tag_list(inputs.tags())}

    def create(self, target: Target) -> Applied:
        role = target.client("iam").create_role(**self._request)["Role"]
        return Applied(role["RoleName"], {"arn": role["Arn"], "uniqueId": role["RoleId"]})


class RolePolicy:
    updatable: ClassVar[frozenset[str]] = frozenset({"policy"})

    def __init__(self, inputs: Inputs) -> None:
        self._role = inputs.need("role")
        self._name = inputs.need("name")
        self._policy = inputs.need("policy")

    def create(self, target: Target) -> Applied:
        target.client("iam").put_role_policy(
            RoleName=self._role, PolicyName=self._name, PolicyDocument=self._policy
        )
        return Applied(f"{self._role}:{self._name}", {})

    def update(self, target: Target, physical_id: str) -> Applied:
        return self.create(target)


class Policy:
    def __init__(self, inputs: Inputs) -> None:
        names = {
            "name": "PolicyName",
            "policy": "PolicyDocument",
            "description": "Description",
            "path": "Path",
        }
        self._request = inputs.request(names) | {"Tags": tag_list(inputs.tags())}

    def create(self, target: Target) -> Applied:
        arn = target.client("iam").create_policy(**self._request)["Policy"]["Arn"]
        return Applied(arn, {"arn": arn})


class RolePolicyAttachment:
    def __init__(self, inputs: Inputs) -> None:
        self._request = {"RoleName": inputs.need("role"), "PolicyArn": inputs.need("policyArn")}

    def create(self, target: Target) -> Applied:
        target.client("iam").attach_role_policy(**self._request)
        return Applied("{RoleName}/{PolicyArn}".format(**self._request), {})
