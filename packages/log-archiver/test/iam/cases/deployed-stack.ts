import { findReferences, readPolicies, type StackPolicies, type SynthesizedStack } from '@log-archiver/local-aws';
import type { Stack } from 'aws-cdk-lib';
import { getResources } from '../../archiver-stack';

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
    this.synthesized = { stackName, template: { Resources: getResources(stack) }, assetDirectory: '' };
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
