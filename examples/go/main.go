package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssnssubscriptions"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/log-archiver/cdk-log-archiver-go/cdklogarchiver"
)

const (
	region            = "ap-northeast-1"
	logArchiveAccount = "999999999999"
	workloadAccount   = "111111111111"
)

// newLogArchiveStack creates the archive bucket. Its objects are locked, and deleted after seven years.
func newLogArchiveStack(scope constructs.Construct, id string, props *awscdk.StackProps) awss3.IBucket {
	stack := awscdk.NewStack(scope, &id, props)
	retention := cdklogarchiver.ArchiveRetention_Years(jsii.Number(7), nil)
	archive := cdklogarchiver.NewArchiveBucket(stack, jsii.String("Archive"), &cdklogarchiver.ArchiveBucketProps{
		SourceAccounts: jsii.Strings(workloadAccount),
		ObjectLock:     awss3.ObjectLockRetention_Governance(retention.Duration()),
		Retention:      retention,
	})
	return archive.Bucket()
}

// newWorkloadStack creates the archiver of a workload account. It writes into the archive bucket, and notifies operators.
func newWorkloadStack(scope constructs.Construct, id string, props *awscdk.StackProps, bucket awss3.IBucket) {
	stack := awscdk.NewStack(scope, &id, props)
	operators := awssns.NewTopic(stack, jsii.String("Operators"), nil)
	operators.AddSubscription(awssnssubscriptions.NewEmailSubscription(jsii.String("operators@example.com"), nil))
	functions := cdklogarchiver.LogGroupSelection_ByPrefix(jsii.String("/aws/lambda/"))
	notArchived := cdklogarchiver.LogGroupSelection_ByTag(jsii.String("archive"), jsii.String("no"))
	cdklogarchiver.NewLogArchiver(stack, jsii.String("LogArchiver"), &cdklogarchiver.LogArchiverProps{
		Selections:        &[]cdklogarchiver.LogGroupSelection{functions.Excluding(notArchived)},
		Bucket:            bucket,
		TimeZone:          awscdk.TimeZone_ASIA_TOKYO(),
		NotificationTopic: operators,
	})
}

func in(account string) *awscdk.StackProps {
	return &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)},
	}
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	bucket := newLogArchiveStack(app, "LogArchive", in(logArchiveAccount))
	newWorkloadStack(app, "Workload", in(workloadAccount), bucket)
	app.Synth(nil)
}
