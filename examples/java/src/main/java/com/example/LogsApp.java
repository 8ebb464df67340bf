package com.example;

import io.github.logarchiver.ArchiveBucket;
import io.github.logarchiver.ArchiveRetention;
import io.github.logarchiver.LogArchiver;
import io.github.logarchiver.LogGroupSelection;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

public final class LogsApp {
    private static final String REGION = "ap-northeast-1";
    private static final String LOG_ARCHIVE_ACCOUNT = "999999999999";
    private static final String WORKLOAD_ACCOUNT = "111111111111";

    public static void main(final String[] args) {
        final App app = new App();
        final LogArchiveStack logArchive = new LogArchiveStack(app, "LogArchive", in(LOG_ARCHIVE_ACCOUNT));
        new WorkloadStack(app, "Workload", in(WORKLOAD_ACCOUNT), logArchive.bucket);
        app.synth();
    }

    private static StackProps in(final String account) {
        return StackProps.builder()
            .env(Environment.builder().account(account).region(REGION).build())
            .build();
    }

    /** The archive bucket. Its objects are locked, and deleted after seven years. */
    static final class LogArchiveStack extends Stack {
        final IBucket bucket;

        LogArchiveStack(final Construct scope, final String id, final StackProps props) {
            super(scope, id, props);
            final ArchiveRetention retention = ArchiveRetention.years(7);
            final ArchiveBucket archive = ArchiveBucket.Builder.create(this, "Archive")
                .sourceAccounts(List.of(WORKLOAD_ACCOUNT))
                .objectLock(ObjectLockRetention.governance(retention.getDuration()))
                .retention(retention)
                .build();
            this.bucket = archive.getBucket();
        }
    }

    /** The archiver of a workload account. It writes into the archive bucket, and notifies operators. */
    static final class WorkloadStack extends Stack {
        WorkloadStack(final Construct scope, final String id, final StackProps props, final IBucket bucket) {
            super(scope, id, props);
            final Topic operators = new Topic(this, "Operators");
            operators.addSubscription(new EmailSubscription("operators@example.com"));
            LogArchiver.Builder.create(this, "LogArchiver")
                .selections(List.of(
                    LogGroupSelection.byPrefix("/aws/lambda/").excluding(LogGroupSelection.byTag("archive", "no"))))
                .bucket(bucket)
                .timeZone(TimeZone.ASIA_TOKYO)
                .notificationTopic(operators)
                .build();
        }
    }
}
