"""Creates a synthesized stack with moto's CloudFormation, and archives October 2026 with moto's interpreter.

The functions are the built bundles, which call moto's CloudWatch Logs and S3 over HTTP.
usage: check_state_machine.py CDK_OUT
"""

import gzip
import json
import logging
import os
import socket
import subprocess
import sys
import time
import zipfile
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from urllib.request import Request, urlopen
from uuid import uuid4

import boto3
from moto.awslambda.models import LambdaBackend
from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.logs import models
from moto.logs.models import ExportTask, LogEvent, LogsBackend, logs_backends
from moto.server import ThreadedMotoServer

ACCOUNT, REGION = "123456789012", "ap-northeast-1"
OCTOBER_MS = 1_790_812_800_000  # 2026-10-01T00:00:00Z
HOUR_MS = 3_600_000
EVENTS = {"/aws/lambda/orders": ["order 1", "order 2"], "/aws/lambda/checkout": ["checkout 1"]}
HERE = Path(__file__).parent
BUNDLES = HERE.parent / "packages" / "log-archiver" / "assets"


def serve():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # The interpreter calls Lambda at this port.
    os.environ["MOTO_PORT"] = str(port)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    os.environ.update(
        AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}",
        AWS_DEFAULT_REGION=REGION,
        AWS_REGION=REGION,
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
    )
    return server


def configure(**config):
    body = json.dumps(config).encode()
    urlopen(Request(f"{os.environ['AWS_ENDPOINT_URL']}/moto-api/config", data=body, method="POST")).read()


def invoke_bundles():
    """Lets moto's Lambda answer with the bundles."""

    def invoke(self, function_name, qualifier, body, headers, response_headers):
        function = self.get_function(function_name, qualifier)
        bundle = Path(BUNDLES, function.description.split(": ")[1], "index.js").resolve()
        read, write = os.pipe()
        subprocess.run(
            ["node", str(HERE / "invoke.cjs"), str(bundle)],
            input=body if isinstance(body, bytes) else body.encode(),
            env={**os.environ, **function.environment_vars, "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true"},
            stdout=subprocess.DEVNULL,
            preexec_fn=lambda: os.dup2(write, 3),
            pass_fds=(write, 3),
            check=True,
        )
        os.close(write)
        with os.fdopen(read) as answer:
            result = json.loads(answer.read())
        if "error" in result:
            response_headers["x-amz-function-error"] = "Unhandled"
        payload = json.dumps(result.get("error", result.get("payload"))).encode()
        response_headers["Content-Length"] = str(len(payload))
        return payload

    LambdaBackend.invoke = LambdaSimpleBackend.invoke = invoke


def follow_aws():
    """Mends what moto's export tasks do otherwise than those of AWS."""
    to_json, create = ExportTask.to_json, LogsBackend.create_export_task

    def with_times(task):
        now = int(time.time() * 1_000)
        return {**to_json(task), "executionInfo": {"creationTime": now - 1_000, "completionTime": now}}

    def create_in_folder_of_task(backend, **options):
        with patch.object(models.mock_random, "uuid4", return_value=str(uuid4())):
            return create(backend, **options)

    ExportTask.to_json = with_times
    LogsBackend.create_export_task = create_in_folder_of_task


def create_log_groups():
    """Creates log groups with events of October, which PutLogEvents would reject as too old."""
    logs = boto3.client("logs")
    for name, messages in EVENTS.items():
        logs.create_log_group(logGroupName=name)
        logs.create_log_stream(logGroupName=name, logStreamName="stream")
        group = logs_backends[ACCOUNT][REGION].groups[name]
        group.creation_time = datetime.fromtimestamp(OCTOBER_MS / 1_000 - 3_600, tz=timezone.utc).replace(tzinfo=None)
        events = [{"timestamp": OCTOBER_MS + HOUR_MS * index, "message": each} for index, each in enumerate(messages)]
        stream = group.streams["stream"]
        stream.events = [LogEvent(OCTOBER_MS, event) for event in events]
        stream.first_event_timestamp, stream.last_event_timestamp = events[0]["timestamp"], events[-1]["timestamp"]


def deploy(path):
    template = json.loads(path.read_text())
    s3 = boto3.client("s3")
    archive = BytesIO()
    zipfile.ZipFile(archive, "w").writestr("index.js", "")
    bucket = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Function":
            s3.put_object(Bucket=bucket, Key=resource["Properties"]["Code"]["S3Key"], Body=archive.getvalue())
    # The bootstrap version and the rule about it are checks of the CDK's own deployment.
    template.pop("Parameters", None)
    template.pop("Rules", None)
    cloudformation = boto3.client("cloudformation")
    cloudformation.create_stack(StackName="Archiver", TemplateBody=json.dumps(template))
    (stack,) = cloudformation.describe_stacks(StackName="Archiver")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack
    resources = cloudformation.describe_stack_resources(StackName="Archiver")["StackResources"]
    return {each["ResourceType"]: each["PhysicalResourceId"] for each in resources if "ResourceType" in each}


def create_interpreted(states, arn):
    """Creates the state machine again for moto's interpreter, which does not know those of CloudFormation."""
    machine = states.describe_state_machine(stateMachineArn=arn)
    configure(stepfunctions={"execute_state_machine": True})
    # The grammar of moto takes a percentage only with a decimal point. AWS takes both.
    definition = machine["definition"].replace('"ToleratedFailurePercentage":100', '"ToleratedFailurePercentage":100.0')
    name, role = machine["name"], machine["roleArn"]
    return states.create_state_machine(name=name, roleArn=role, definition=definition)["stateMachineArn"]


def check_archive(bucket):
    """Compares the objects and the receipt with the events."""
    s3 = boto3.client("s3")
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    read = lambda key: s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    receipts = [json.loads(read(key)) for key in keys if key.startswith("_log-archiver/receipts/")]
    assert sorted(receipt["logGroupName"] for receipt in receipts) == sorted(EVENTS), receipts
    for receipt in receipts:
        (task,) = receipt["tasks"]
        folder = f"{receipt['destinationPrefix']}/{task['taskId']}/"
        texts = [gzip.decompress(read(key)).decode() for key in keys if key.startswith(folder)]
        messages = [line.split(" ", 1)[1] for text in texts for line in text.split("\n")]
        assert messages == EVENTS[receipt["logGroupName"]], messages
        assert (receipt["evidence"], task["objects"]) == ("OBJECTS", 1), receipt
        print(f"{receipt['logGroupName']} {receipt['period']} has a receipt, and its objects the events {messages}")


def main(folder):
    server = serve()
    try:
        configure(**{"lambda": {"use_docker": False}})
        invoke_bundles()
        follow_aws()
        create_log_groups()
        created = deploy(Path(folder, "all log groups, Stack.template.json"))
        states = boto3.client("stepfunctions")
        machine = create_interpreted(states, created["AWS::StepFunctions::StateMachine"])
        arn = states.start_execution(stateMachineArn=machine, input=json.dumps({"period": "2026-10"}))["executionArn"]
        while (execution := states.describe_execution(executionArn=arn))["status"] == "RUNNING":
            time.sleep(0.5)
        assert execution["status"] == "SUCCEEDED", execution
        result = json.loads(execution["output"])
        assert (result["status"], result["failed"]) == ("COMPLETE", 0), result
        check_archive(created["AWS::S3::Bucket"])
    finally:
        server.stop()


main(*sys.argv[1:])
