import { type Environment, findReferences } from '../template/references';
import { resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';
import type { Role } from './access-request';
import type { NamedPolicy, PolicyDocument } from './policy-document';

/** A policy that stands at what it lets principals do things to. */
export interface ResourcePolicy extends NamedPolicy {
  /** The ARNs of what it stands at. */
  readonly of: readonly string[];
}

/** All that a stack says of who may do what. */
export interface StackPolicies {
  readonly account: string;
  readonly roles: readonly (Role & { readonly logicalId: string })[];
  /** Roles' trust policies among them. */
  readonly resourcePolicies: readonly ResourcePolicy[];
}

type Properties = Record<string, unknown>;

/** The policies in a stack's template, as CloudFormation makes them in an account and Region. */
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
      throw new Error(`local-aws does not know the policies ${ManagedPolicyArns} of ${logicalId}`);
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
  const standing = (type: string, of: (properties: Properties, logicalId: string) => string[]) =>
    resolved(type).map(([logicalId, properties]) => ({
      logicalId,
      of: of(properties, logicalId),
      document: getDocument(properties),
    }));
  const own = (_properties: Properties, logicalId: string) => [references.getAtt(logicalId, 'Arn')];
  return {
    account: environment.accountId,
    roles,
    resourcePolicies: [
      ...standing('AWS::IAM::Role', own),
      ...standing('AWS::KMS::Key', own),
      // A policy that says nothing; what is added later takes its place.
      ...resolved('AWS::S3::Bucket').map(([logicalId]) => ({
        logicalId,
        of: own({}, logicalId),
        document: { Statement: [] },
      })),
      ...standing('AWS::S3::BucketPolicy', ({ Bucket }) => [`arn:aws:s3:::${Bucket}`]),
      ...standing('AWS::SNS::TopicPolicy', ({ Topics }) => Topics as string[]),
      ...standing('AWS::SQS::QueuePolicy', ({ Queues }) =>
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
