import { type Environment, findReferences } from '../template/references';
import { resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';
import type { Role } from './access-request';
import type { NamedPolicy, PolicyDocument } from './policy-document';

/** A resource-based policy. */
export interface ResourcePolicy extends NamedPolicy {
  /** ARNs of the resources that the policy is attached to. */
  readonly of: readonly string[];
}

/** All policies of a stack. */
export interface StackPolicies {
  readonly account: string;
  readonly roles: readonly (Role & { readonly logicalId: string })[];
  /** Includes the roles' trust policies. */
  readonly resourcePolicies: readonly ResourcePolicy[];
}

type Properties = Record<string, unknown>;

/** Reads the policies in a stack's template, as CloudFormation creates them in an account and Region. */
export function readPolicies(stack: SynthesizedStack, environment: Environment): StackPolicies {
  const references = findReferences(stack, environment);
  const resolved = (type: string): [string, Properties][] =>
    readResources(stack, type).map(([logicalId, properties]) => [
      logicalId,
      resolve(properties, references) as Properties,
    ]);
  const attached = [...resolved('AWS::IAM::Policy'), ...resolved('AWS::IAM::ManagedPolicy')];
  const roles = resolved('AWS::IAM::Role').map(([logicalId, { ManagedPolicyArns, Policies = [] }]) => {
    if (ManagedPolicyArns !== undefined) {
      throw new Error(
        `ManagedPolicyArns of ${logicalId} must not be set: AWS-managed policies are not supported; got ${ManagedPolicyArns}`,
      );
    }
    const inline = Policies as { PolicyDocument: PolicyDocument }[];
    return {
      logicalId,
      arn: references.getAtt(logicalId, 'Arn'),
      policies: [
        ...inline.map(({ PolicyDocument: document }) => ({ logicalId, document })),
        ...attached
          .filter(([, { Roles = [] }]) => (Roles as string[]).includes(references.ref(logicalId)))
          .map(([policy, properties]) => ({ logicalId: policy, document: getDocument(properties) })),
      ],
    };
  });
  const readResourcePolicies = (type: string, of: (properties: Properties, logicalId: string) => string[]) =>
    resolved(type).map(([logicalId, properties]) => ({
      logicalId,
      of: of(properties, logicalId),
      document: getDocument(properties),
    }));
  const getOwnArn = (_properties: Properties, logicalId: string) => [references.getAtt(logicalId, 'Arn')];
  return {
    account: environment.accountId,
    roles,
    resourcePolicies: [
      ...readResourcePolicies('AWS::IAM::Role', getOwnArn),
      ...readResourcePolicies('AWS::KMS::Key', getOwnArn),
      // An empty policy, which a bucket policy below replaces.
      ...resolved('AWS::S3::Bucket').map(([logicalId]) => ({
        logicalId,
        of: getOwnArn({}, logicalId),
        document: { Statement: [] },
      })),
      ...readResourcePolicies('AWS::S3::BucketPolicy', ({ Bucket }) => [`arn:aws:s3:::${Bucket}`]),
      ...readResourcePolicies('AWS::SNS::TopicPolicy', ({ Topics }) => Topics as string[]),
      ...readResourcePolicies('AWS::SQS::QueuePolicy', ({ Queues }) =>
        (Queues as string[]).map((url) => {
          const name = url.slice(url.lastIndexOf('/') + 1);
          return `arn:aws:sqs:${environment.region}:${environment.accountId}:${name}`;
        }),
      ),
    ],
  };
}

function getDocument({ PolicyDocument, AssumeRolePolicyDocument, KeyPolicy }: Properties): PolicyDocument {
  return (PolicyDocument ?? AssumeRolePolicyDocument ?? KeyPolicy) as PolicyDocument;
}
