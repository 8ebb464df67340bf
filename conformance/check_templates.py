"""Checks the templates of a folder with cfn-lint, and their IAM policies with parliament.

Every finding must have a reason below, and every reason a finding.
"""

import collections
import fnmatch
import json
import pathlib
import subprocess
import sys

import parliament

ACCOUNT = "111111111111"
REGION = "ap-northeast-1"
PSEUDO_PARAMETERS = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::URLSuffix": "amazonaws.com",
}
ARNS = {
    "AWS::Athena::WorkGroup": f"arn:aws:athena:{REGION}:{ACCOUNT}:workgroup/NAME",
    "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/NAME",
    "AWS::KMS::Key": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000",
    "AWS::Lambda::Function": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:NAME",
    "AWS::Logs::LogGroup": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:NAME:*",
    "AWS::S3::Bucket": "arn:aws:s3:::name",
    "AWS::SNS::Topic": f"arn:aws:sns:{REGION}:{ACCOUNT}:NAME",
    "AWS::SQS::Queue": f"arn:aws:sqs:{REGION}:{ACCOUNT}:NAME",
    "AWS::StepFunctions::StateMachine": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:NAME",
}
# Types whose Ref is the ARN.
REF_IS_ARN = {"AWS::SNS::Topic", "AWS::StepFunctions::StateMachine"}

# (tool, finding, place): reason. A place is a pattern of the resource's logical id.
REASONS = {
    ("cfn-lint", "W3005", "*Function*"): "The CDK lets a function depend on its role and on the role's policies.",
    ("cfn-lint", "W3005", "*StateMachine*"): "The CDK lets a state machine depend on its role and its policies.",
    ("parliament", "UNKNOWN_ACTION", "*PlanArchive*"): (
        "parliament 1.6.4 does not know logs:ListLogGroups, which AWS's service authorization reference lists."
    ),
    ("parliament", "RESOURCE_MISMATCH", "*DistributedMapPolicy*"): (
        "states:DescribeExecution accepts several types of resources. No run is an express execution."
    ),
    ("parliament", "RESOURCE_MISMATCH", "*FindRuns*"): (
        "The actions accept several types of resources. No run is an express execution, and none is read by its Map run."
    ),
}


def resolve(value, resources):
    """Replaces intrinsic functions with values of the same form."""
    if isinstance(value, list):
        return [resolve(each, resources) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        name = value["Ref"]
        resource_type = resources.get(name, {}).get("Type")
        if resource_type in REF_IS_ARN:
            return ARNS[resource_type]
        return PSEUDO_PARAMETERS.get(name, "name")
    if set(value) == {"Fn::GetAtt"}:
        return ARNS[resources[value["Fn::GetAtt"][0]]["Type"]]
    if set(value) == {"Fn::Join"}:
        separator, parts = value["Fn::Join"]
        return separator.join(resolve(parts, resources))
    if set(value) == {"Fn::Select"}:
        index, parts = value["Fn::Select"]
        return resolve(parts, resources)[int(index)]
    if set(value) == {"Fn::Split"}:
        separator, text = value["Fn::Split"]
        return resolve(text, resources).split(separator)
    unknown = [key for key in value if key.startswith("Fn::")]
    if unknown:
        raise ValueError(f"unknown intrinsic function {unknown[0]}")
    return {key: resolve(each, resources) for key, each in value.items()}


def list_policies(template):
    """Yields the logical id and document of each policy that is attached to a role."""
    resources = template["Resources"]
    for logical_id, resource in resources.items():
        properties = resource.get("Properties", {})
        if resource["Type"] in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
            yield logical_id, resolve(properties["PolicyDocument"], resources)
        if resource["Type"] == "AWS::IAM::Role":
            for policy in properties.get("Policies", []):
                yield logical_id, resolve(policy["PolicyDocument"], resources)


def lint(paths):
    """Yields the findings of cfn-lint: rule, logical id, message."""
    program = pathlib.Path(sys.executable).with_name("cfn-lint")
    command = [program, "--format", "json", *map(str, paths)]
    output = subprocess.run(command, capture_output=True, text=True, check=False)
    if output.stderr:
        sys.exit(output.stderr)
    for finding in json.loads(output.stdout or "[]"):
        path = finding["Location"]["Path"]
        place = path[1] if len(path) > 1 else str(path)
        yield finding["Rule"]["Id"], place, f'{finding["Filename"]}: {finding["Message"]}'


def check_policies(paths):
    """Yields the findings of parliament: issue, logical id, detail."""
    for path in paths:
        for logical_id, document in list_policies(json.loads(path.read_text())):
            for finding in parliament.analyze_policy_string(json.dumps(document)).findings:
                yield finding.issue, logical_id, f"{path}: {finding.detail} {finding.location}"


def main():
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.template.json"))
    if not paths:
        sys.exit(f"{sys.argv[1]} must contain templates (*.template.json)")
    policies = sum(len(list(list_policies(json.loads(path.read_text())))) for path in paths)
    findings = [("cfn-lint", *each) for each in lint(paths)] + [("parliament", *each) for each in check_policies(paths)]
    used = collections.Counter()
    unexplained = []
    for tool, issue, place, detail in findings:
        reasons = [key for key in REASONS if key[:2] == (tool, issue) and fnmatch.fnmatch(place, key[2])]
        if reasons:
            used[reasons[0]] += 1
        else:
            unexplained.append(f"{tool} {issue} {place}: {detail}")
    print(f"{len(paths)} templates, {policies} policies of roles")
    for key, reason in REASONS.items():
        print(f"{used[key]} × {' '.join(key)}: {reason}")
    unused = [key for key in REASONS if used[key] == 0]
    if unexplained or unused:
        sys.exit("\n".join([*unexplained, *(f"reason without a finding: {' '.join(key)}" for key in unused)]))


if __name__ == "__main__":
    main()
