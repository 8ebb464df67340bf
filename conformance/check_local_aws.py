"""Exports a log group of local-aws with boto3 and with the AWS CLI, each with a local-aws of its own.

boto3 parses each response by AWS's own models, and both sign their requests.
"""

import contextlib
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

import boto3
from botocore.exceptions import ClientError

ROOT = pathlib.Path(__file__).parent.parent
START = "2026-10-15T00:00:00Z"
EVENT_MS = 1_792_022_400_000  # 2026-10-15T00:00:00Z
AFTER_THE_EXPORT = "2026-10-15T00:00:30Z"
BUCKET, GROUP, STREAM, PREFIX = "archive", "/shop/orders", "web", "2026/10/shop/orders"


@contextlib.contextmanager
def serve():
    """Starts local-aws on virtual time, and yields the environment that connects a client."""
    with tempfile.TemporaryDirectory() as directory:
        (pathlib.Path(directory) / BUCKET).mkdir()
        server = ROOT / "packages/local-aws/lib/server/main.js"
        command = ["node", server, "--directory", directory, "--virtual-time", START]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                for line in process.stdout:
                    if line.startswith("export "):
                        yield dict(re.findall(r"(\w+)=(\S+)", line))
                        break
            finally:
                process.terminate()


def move_clock(endpoint, instant):
    request = urllib.request.Request(f"{endpoint}/_clock", data=json.dumps({"moveTo": instant}).encode(), method="POST")
    urllib.request.urlopen(request).close()


def expect(name, got, wanted):
    if got != wanted:
        sys.exit(f"{name} must be {wanted!r}, got {got!r}")
    print(f"ok: {name}")


def check_boto3(environment):
    keys = {
        "region_name": environment["AWS_REGION"],
        "aws_access_key_id": environment["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": environment["AWS_SECRET_ACCESS_KEY"],
        "endpoint_url": environment["AWS_ENDPOINT_URL"],
    }
    logs = boto3.client("logs", **keys)
    s3 = boto3.client("s3", **keys)
    logs.create_log_group(logGroupName=GROUP)
    logs.create_log_stream(logGroupName=GROUP, logStreamName=STREAM)
    event = {"timestamp": EVENT_MS, "message": "order accepted"}
    logs.put_log_events(logGroupName=GROUP, logStreamName=STREAM, logEvents=[event])
    pages = logs.get_paginator("describe_log_groups").paginate()
    expect("log groups", [each["logGroupName"] for page in pages for each in page["logGroups"]], [GROUP])
    found = logs.filter_log_events(logGroupName=GROUP, startTime=EVENT_MS, endTime=EVENT_MS + 1)["events"]
    expect("events", [each["message"] for each in found], ["order accepted"])

    export = {"logGroupName": GROUP, "fromTime": EVENT_MS, "to": EVENT_MS + 1, "destination": BUCKET}
    task_id = logs.create_export_task(**export, destinationPrefix=PREFIX)["taskId"]
    try:
        logs.create_export_task(**export)
        error = None
    except ClientError as refused:
        error = refused.response["Error"]["Code"]
    expect("error of a second export", error, "LimitExceededException")
    move_clock(environment["AWS_ENDPOINT_URL"], AFTER_THE_EXPORT)
    [task] = logs.describe_export_tasks(taskId=task_id)["exportTasks"]
    expect("status", task["status"]["code"], "COMPLETED")
    expect("tasks of an unknown id", logs.describe_export_tasks(taskId="none")["exportTasks"], [])

    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    objects = [each["Key"] for page in pages for each in page.get("Contents", [])]
    key = f"{PREFIX}/{task_id}/{STREAM}/000000.gz"
    expect("objects", objects, sorted([key, f"{PREFIX}/aws-logs-write-test"]))
    body = gzip.decompress(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()).decode()
    expect("exported events", body, "2026-10-15T00:00:00.000Z order accepted\n")


def check_cli(environment):
    program = pathlib.Path(sys.executable).with_name("aws")

    def run(*arguments):
        command = [program, *arguments, "--output", "json"]
        result = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
        return json.loads(result.stdout or "null"), result.stderr

    group = ["--log-group-name", GROUP]
    run("logs", "create-log-group", *group)
    run("logs", "create-log-stream", *group, "--log-stream-name", STREAM)
    event = json.dumps([{"timestamp": EVENT_MS, "message": "order accepted"}])
    run("logs", "put-log-events", *group, "--log-stream-name", STREAM, "--log-events", event)
    export = ["logs", "create-export-task", *group, "--from", str(EVENT_MS), "--to", str(EVENT_MS + 1)]
    export += ["--destination", BUCKET, "--destination-prefix", PREFIX]
    created, _ = run(*export)
    _, error = run(*export)
    expect("CLI: a second export is refused", "(LimitExceededException)" in error, True)
    move_clock(environment["AWS_ENDPOINT_URL"], AFTER_THE_EXPORT)
    described, _ = run("logs", "describe-export-tasks", "--task-id", created["taskId"])
    expect("CLI: status", described["exportTasks"][0]["status"]["code"], "COMPLETED")
    listed, _ = run("s3api", "list-objects-v2", "--bucket", BUCKET, "--prefix", f"{PREFIX}/{created['taskId']}/")
    expect("CLI: objects", [each["Size"] > 0 for each in listed["Contents"]], [True])


def main():
    for check in (check_boto3, check_cli):
        with serve() as environment:
            check(environment)


if __name__ == "__main__":
    main()
