import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { POLLING_SECONDS } from '../core';
import { type FunctionName, functionRolePath } from '../role-path';
import type { Settings } from '../settings';
import { grantNetworkInterfaces } from './network-interfaces';

/** Time for a call of a function that does not read pages. The last poll starts at the end of the polling. */
const TIMEOUT = Duration.seconds(POLLING_SECONDS + 30);

/** Settings that all functions share. */
export type FunctionSettings = Pick<
  Settings,
  'encryptionKey' | 'logRetention' | 'logRemovalPolicy' | 'rolePath' | 'vpc' | 'vpcSubnets' | 'securityGroups'
>;

export interface ArchiveFunctionProps extends FunctionSettings {
  /** Name of the function in its description and in the path of its role. */
  readonly name: FunctionName;
  /** Folder of the bundle in the published package. @default - `name` */
  readonly bundle?: string;
  /** Handler that the bundle exports. @default handler */
  readonly handler?: string;
  /** Environment variables. */
  readonly environment: Record<string, string>;
  /** Whether the function pages through log groups or objects, which can take minutes. @default false */
  readonly readsPages?: boolean;
  /** Memory in MiB. @default 256 */
  readonly memorySize?: number;
}

/** Action that supports only `*` as resource. */
type UnrestrictedAction =
  | 'logs:CancelExportTask'
  | 'logs:DescribeExportTasks'
  | 'logs:DescribeLogGroups'
  | 'logs:ListLogGroups';

/**
 * Lambda function with its bundle, its log group, and a role that may only write to this log group until more is
 * granted.
 */
export class ArchiveFunction extends Construct {
  public readonly function: LambdaFunction;
  public readonly role: Role;
  public readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ArchiveFunctionProps) {
    super(scope, id);
    const { name, bundle = name, handler = 'handler', rolePath, environment, encryptionKey } = props;
    const { readsPages = false, memorySize = 256 } = props;
    this.logGroup = new LogGroup(this, 'LogGroup', {
      retention: props.logRetention,
      removalPolicy: props.logRemovalPolicy,
      encryptionKey,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      path: functionRolePath(rolePath, name),
    });
    this.logGroup.grantWrite(this.role);
    if (props.vpc) {
      grantNetworkInterfaces(this.role);
    }
    this.function = new LambdaFunction(this, 'Function', {
      description: `LogArchiver: ${name}`,
      code: Code.fromAsset(join(__dirname, '..', '..', '..', 'assets', bundle)),
      handler: `index.${handler}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      environment,
      memorySize,
      timeout: readsPages ? Duration.minutes(15) : TIMEOUT,
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logGroup,
      role: this.role,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
  }

  /** Grants actions that support only `*` as resource. */
  public grantOnAll(...actions: UnrestrictedAction[]) {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: ['*'] }));
  }
}
