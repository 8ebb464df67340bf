using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using CdkLogArchiver;
using Constructs;

namespace Logs
{
    /// <summary>The archive bucket. Its objects are locked, and deleted after seven years.</summary>
    internal sealed class LogArchiveStack : Stack
    {
        internal IBucket Bucket { get; }

        internal LogArchiveStack(Construct scope, string id, string sourceAccount, IStackProps props)
            : base(scope, id, props)
        {
            var retention = ArchiveRetention.Years(7);
            var archive = new ArchiveBucket(this, "Archive", new ArchiveBucketProps
            {
                SourceAccounts = new[] { sourceAccount },
                ObjectLock = ObjectLockRetention.Governance(retention.Duration),
                Retention = retention,
            });
            Bucket = archive.Bucket;
        }
    }

    /// <summary>The archiver of a workload account. It writes into the archive bucket, and notifies operators.</summary>
    internal sealed class WorkloadStack : Stack
    {
        internal WorkloadStack(Construct scope, string id, IBucket bucket, IStackProps props)
            : base(scope, id, props)
        {
            var operators = new Topic(this, "Operators");
            operators.AddSubscription(new EmailSubscription("operators@example.com"));
            new LogArchiver(this, "LogArchiver", new LogArchiverProps
            {
                Selections = new[]
                {
                    LogGroupSelection.ByPrefix("/aws/lambda/").Excluding(LogGroupSelection.ByTag("archive", "no")),
                },
                Bucket = bucket,
                TimeZone = TimeZone.ASIA_TOKYO,
                NotificationTopic = operators,
            });
        }
    }

    internal static class Program
    {
        private const string Region = "ap-northeast-1";
        private const string LogArchiveAccount = "999999999999";
        private const string WorkloadAccount = "111111111111";

        private static void Main()
        {
            var app = new App();
            var logArchive = new LogArchiveStack(app, "LogArchive", WorkloadAccount, In(LogArchiveAccount));
            new WorkloadStack(app, "Workload", logArchive.Bucket, In(WorkloadAccount));
            app.Synth();
        }

        private static StackProps In(string account)
        {
            return new StackProps
            {
                Env = new Amazon.CDK.Environment { Account = account, Region = Region },
            };
        }
    }
}
