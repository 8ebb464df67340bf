import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from './findings';
import { printReference } from './print-reference';

/** Values of the names in the IDs of findings. A name can have several values, such as one for each log group. */
export type FindingValues = Record<string, unknown[]>;

interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}
/** Part of the CDK that the oldest supported version does not have. */
interface Acknowledging {
  readonly Validations: { of(scope: IConstruct): { acknowledge(rule: Acknowledgement): void } };
}

/** First version that accepts an ID with several `::`, such as `AwsSolutions-IAM5[Resource::arn:aws:s3:::…]`. */
const FIRST_VERSION = '2.269.0';

/**
 * Acknowledges findings of cdk-nag 3 about a construct, with the mechanism of the CDK itself.
 *
 * `findValues` is called now, and again when the app is validated: log groups can be added until then, and references
 * to other stacks become imports.
 */
export function acknowledgeFindings(
  scope: IConstruct,
  findings: Finding[],
  findValues: () => FindingValues = () => ({}),
) {
  validateCdkVersion(require('aws-cdk-lib/package.json').version);
  const { Validations } = cdk as unknown as Acknowledging;
  const acknowledged = new Set<string>();
  const acknowledge = () => {
    const values = findValues();
    for (const { paths, ids, reason } of findings) {
      for (const construct of paths.flatMap((path) => findConstruct(scope, path) ?? [])) {
        for (const id of ids.flatMap((each) => insertValues(scope, each, values))) {
          const key = `${construct.node.path} ${id}`;
          if (!acknowledged.has(key)) {
            acknowledged.add(key);
            Validations.of(construct).acknowledge({ id, reason });
          }
        }
      }
    }
  };
  acknowledge();
  scope.node.addValidation({
    validate: () => {
      acknowledge();
      return [];
    },
  });
}

/** Throws if the version of the CDK cannot acknowledge the findings. */
export function validateCdkVersion(version: string) {
  if (version.localeCompare(FIRST_VERSION, 'en', { numeric: true }) < 0) {
    throw new Error(
      `aws-cdk-lib must be ${FIRST_VERSION} or newer to acknowledge findings of cdk-nag 3, got ${version}`,
    );
  }
}

/** Returns the construct at a path below a scope. A precreated role has no policy. */
function findConstruct(scope: IConstruct, path: string): IConstruct | undefined {
  return path.split('/').reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), scope);
}

/** Returns the ID with the value of its name, once for each value. */
function insertValues(scope: IConstruct, id: string, values: FindingValues): string[] {
  const [, name] = /\$\{(\w+)\}/.exec(id) ?? [];
  if (name === undefined) {
    return [id];
  }
  const { [name]: all } = values;
  if (all === undefined) {
    throw new Error(`no value for ${name} in the finding ${id}`);
  }
  return all.map((value) => id.replace(`\${${name}}`, () => printReference(cdk.Stack.of(scope).resolve(value))));
}
