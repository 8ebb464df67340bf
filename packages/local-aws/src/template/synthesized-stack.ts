import { join } from 'node:path';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** A synthesized stack, as `cdk synth` leaves it. */
export interface SynthesizedStack {
  stackName: string;
  template: { Resources: Record<string, Resource> };
  /** The folder of the cloud assembly, in which the assets are. */
  assetDirectory: string;
}

/** What a template says of a Lambda function. */
export interface SynthesizedFunction {
  logicalId: string;
  description: string;
  /** The folder of its code. */
  taskRoot: string;
  /** `<file>.<export>` */
  handler: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** As the template refers to its ARN. */
  role: unknown;
}

export function readResources({ template }: SynthesizedStack, type: string) {
  return Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties = {} }]) =>
    Type === type ? [[logicalId, Properties] as const] : [],
  );
}

export function readFunctions(stack: SynthesizedStack): SynthesizedFunction[] {
  return readResources(stack, 'AWS::Lambda::Function').map(
    ([logicalId, { Code, Handler, Description = '', Timeout = 3, MemorySize = 128, Role }]) => {
      const { S3Key } = Code as { S3Key: string };
      return {
        logicalId,
        description: String(Description),
        // The CDK uploads the folder asset.<hash> of the assembly as <hash>.zip.
        taskRoot: join(stack.assetDirectory, `asset.${S3Key.replace('.zip', '')}`),
        handler: String(Handler),
        timeoutSeconds: Number(Timeout),
        memoryMegabytes: Number(MemorySize),
        role: Role,
      };
    },
  );
}
