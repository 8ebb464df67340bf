from aws_cdk import App, Environment, Stack, TimeZone
from aws_cdk.aws_s3 import IBucket, ObjectLockRetention
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from cdk_log_archiver import ArchiveBucket, ArchiveRetention, LogArchiver, LogGroupSelection
from constructs import Construct

REGION = "ap-northeast-1"
LOG_ARCHIVE_ACCOUNT = "999999999999"
WORKLOAD_ACCOUNT = "111111111111"


class LogArchiveStack(Stack):
    """The archive bucket. Its objects are locked, and deleted after seven years."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        retention = ArchiveRetention.years(7)
        archive = ArchiveBucket(
            self,
            "Archive",
            source_accounts=[WORKLOAD_ACCOUNT],
            object_lock=ObjectLockRetention.governance(retention.duration),
            retention=retention,
        )
        self.bucket = archive.bucket


class WorkloadStack(Stack):
    """The archiver of a workload account. It writes into the archive bucket, and notifies operators."""

    def __init__(self, scope: Construct, construct_id: str, *, bucket: IBucket, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        operators = Topic(self, "Operators")
        operators.add_subscription(EmailSubscription("operators@example.com"))
        LogArchiver(
            self,
            "LogArchiver",
            selections=[
                LogGroupSelection.by_prefix("/aws/lambda/").excluding(LogGroupSelection.by_tag("archive", "no")),
            ],
            bucket=bucket,
            time_zone=TimeZone.ASIA_TOKYO,
            notification_topic=operators,
        )


app = App()
log_archive = LogArchiveStack(app, "LogArchive", env=Environment(account=LOG_ARCHIVE_ACCOUNT, region=REGION))
WorkloadStack(
    app,
    "Workload",
    env=Environment(account=WORKLOAD_ACCOUNT, region=REGION),
    bucket=log_archive.bucket,
)
app.synth()
