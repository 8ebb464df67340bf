module example.com/logs

go 1.23

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.224.0
	github.com/aws/constructs-go/constructs/v10 v10.4.2
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/log-archiver/cdk-log-archiver-go/cdklogarchiver v0.0.0
)
