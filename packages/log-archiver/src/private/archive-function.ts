import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** One of the functions: its bundle, its log group, and a role that starts with nothing but the right to write there. */
export class ArchiveFunction extends Construct {
  public readonly function: LambdaFunction;
  public readonly role: Role;

  /** `name` is that of the package whose bundle this is. */
  constructor(scope: Construct, id: string, name: 'export-log-to-s3' | 'check-export-task') {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', { retention: RetentionDays.ONE_MONTH });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      description: `LogArchiver: ${name}`,
      code: Code.fromAsset(join(__dirname, '..', '..', 'assets', name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.seconds(30),
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role: this.role,
    });
  }

  /** AWS knows no resource to limit this to. */
  public letDescribeExportTasks() {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['logs:DescribeExportTasks'], resources: ['*'] }));
  }
}
