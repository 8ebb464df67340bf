import { join } from 'node:path';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** A stack that `cdk synth` has written. */
export interface SynthesizedStack {
  stackName: string;
  template: { Resources: Record<string, Resource> };
  /** Folder of the cloud assembly, which contains the assets. */
  assetDirectory: string;
}

/** Properties of a Lambda function in a template. */
export interface SynthesizedFunction {
  logicalId: string;
  description: string;
  /** Folder of the code. */
  taskRoot: string;
  /** `<file>.<export>` */
  handler: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** The template's reference to the ARN of the role. */
  role: unknown;
  /** Environment variables, with the template's references. */
  environment: Record<string, unknown>;
  logFormat: 'JSON' | 'Text';
  /** @default - all levels */
  applicationLogLevel?: string;
  /** The template's reference to the log group's name. @default - Lambda's own log group */
  logGroup?: unknown;
}

interface LoggingConfig {
  LogFormat?: 'JSON' | 'Text';
  ApplicationLogLevel?: string;
  LogGroup?: unknown;
}

/** Returns the logical ids and properties of all resources of a type. */
export function readResources({ template }: SynthesizedStack, type: string) {
  return Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties = {} }]) =>
    Type === type ? [[logicalId, Properties] as const] : [],
  );
}

export function readFunctions(stack: SynthesizedStack): SynthesizedFunction[] {
  return readResources(stack, 'AWS::Lambda::Function').map(([logicalId, properties]) => {
    const { Code, Handler, Description = '', Timeout = 3, MemorySize = 128, Role } = properties;
    const { LoggingConfig = {}, Environment = {} } = properties;
    const { S3Key } = Code as { S3Key: string };
    const { LogFormat = 'Text', ApplicationLogLevel, LogGroup } = LoggingConfig as LoggingConfig;
    return {
      logicalId,
      description: String(Description),
      // The CDK uploads the folder asset.<hash> of the assembly as <hash>.zip.
      taskRoot: join(stack.assetDirectory, `asset.${S3Key.replace('.zip', '')}`),
      handler: String(Handler),
      timeoutSeconds: Number(Timeout),
      memoryMegabytes: Number(MemorySize),
      role: Role,
      environment: (Environment as { Variables?: Record<string, unknown> }).Variables ?? {},
      logFormat: LogFormat,
      applicationLogLevel: ApplicationLogLevel,
      logGroup: LogGroup,
    };
  });
}
