import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface ArchiveFunctionProps {
  /** Of the package whose bundle this is. */
  readonly name: 'plan-archive' | 'export-log-to-s3' | 'check-export-task' | 'record-archive';
  /** It goes through pages of log groups or objects, for minutes, rather than make a call or two. @default false */
  readonly readsPages?: boolean;
  /** In MiB. @default 256 */
  readonly memorySize?: number;
  /** Of its log group. @default - none of a customer */
  readonly encryptionKey?: IKey;
}

/** One of the functions: its bundle, its log group, and a role that starts with nothing but the right to write there. */
export class ArchiveFunction extends Construct {
  public readonly function: LambdaFunction;
  public readonly role: Role;
  public readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ArchiveFunctionProps) {
    super(scope, id);
    const { name, readsPages = false, memorySize = 256, encryptionKey } = props;
    this.logGroup = new LogGroup(this, 'LogGroup', { retention: RetentionDays.ONE_MONTH, encryptionKey });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      description: `LogArchiver: ${name}`,
      code: Code.fromAsset(join(__dirname, '..', '..', '..', 'assets', name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize,
      timeout: readsPages ? Duration.minutes(15) : Duration.seconds(30),
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logGroup,
      role: this.role,
    });
  }

  /** For what AWS knows no resource to limit it to. */
  public letAsk(...actions: ('logs:DescribeExportTasks' | 'logs:DescribeLogGroups' | 'logs:ListLogGroups')[]) {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: ['*'] }));
  }
}
