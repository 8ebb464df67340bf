import { findReferences, readPolicies, type StackPolicies, type SynthesizedStack } from '@log-archiver/local-aws';
import type { Stack } from 'aws-cdk-lib';
import { getResources, type Resource } from '../../archiver-stack';

export const REGION = 'ap-northeast-1';

/** A stack as deployed to an account, with its policies and the ARNs of its resources. */
export class DeployedStack {
  public readonly policies: StackPolicies;
  private readonly references: ReturnType<typeof findReferences>;
  private readonly synthesized: SynthesizedStack;

  constructor(
    stack: Stack,
    public readonly account: string,
  ) {
    const environment = { accountId: account, region: REGION };
    const { stackName } = stack;
    const template = { Resources: nameRolesByPath(stackName, getResources(stack)) };
    this.synthesized = { stackName, template, assetDirectory: '' };
    this.references = findReferences(this.synthesized, environment);
    this.policies = readPolicies(this.synthesized, environment);
  }

  /** Returns the ARN of the only resource of a type whose logical id has this start. */
  public arn(type: string, start = ''): string {
    return this.references.getAtt(this.find(type, start), 'Arn');
  }

  /** Returns the value of a `Ref` to that resource. */
  public ref(type: string, start = ''): string {
    return this.references.ref(this.find(type, start));
  }

  private find(type: string, start: string): string {
    const found = Object.entries(this.synthesized.template.Resources).filter(
      ([id, resource]) => resource.Type === type && id.startsWith(start),
    );
    if (found.length !== 1) {
      throw new Error(`expected one ${type} ${start}…, got ${found.map(([id]) => id).join(', ')}`);
    }
    return found[0][0];
  }
}

/** Gives each role a name that begins with its path, so that its ARN has the path, as on AWS. */
function nameRolesByPath(stackName: string, resources: Record<string, Resource>): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      const { Path, ...properties } = resource.Properties;
      return Path === undefined
        ? [id, resource]
        : [id, { ...resource, Properties: { ...properties, RoleName: `${String(Path).slice(1)}${stackName}-${id}` } }];
    }),
  );
}
