import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { formatPolicy, type Statement } from '../policies';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';
import type { TrialAccount } from '../trial-account';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const MAX_POLICY_BYTES = 20 * 1_024;

interface PolicyOutcome {
  readonly bytes: number;
  readonly isAccepted: boolean;
  readonly error?: string;
  readonly message?: string;
}

/**
 * Puts a policy that is smaller than the limit with account IDs and larger with ARNs, then one that is larger as it is,
 * then one that allows all principals of an organization.
 */
export const policySize: AutomatedTrial = {
  number: 21,
  title: 'The policy of an `ArchiveBucket`',
  prepare: async (account) => async () => {
    const { partition, accountId } = account.arns;
    const statements = fillPolicy(account, accountId);
    const ids = await tryPolicy(account, statements);
    const arn = `arn:${partition}:iam::${accountId}:root`;
    const arns = await tryPolicy(
      account,
      statements.map((statement) => ({ ...statement, Principal: { AWS: arn } })),
    );
    const organization = await tryPolicy(account, [
      {
        ...createStatement(account, { AWS: '*' }, 0),
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-0123456789' } },
      },
    ]);
    return judge({ ids, arns, organization });
  },
};

/** Returns as many statements as the limit allows. */
function fillPolicy(account: TrialAccount, accountId: string): Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    const more = [...statements, createStatement(account, { AWS: accountId }, statements.length)];
    if (Buffer.byteLength(formatPolicy(more)) > MAX_POLICY_BYTES) {
      return statements;
    }
    statements.push(...more.slice(-1));
  }
}

function createStatement({ arns }: TrialAccount, Principal: Record<string, string>, index: number): Statement {
  const Sid = `Trial${index}`;
  return { Sid, Effect: 'Allow', Principal, Action: 's3:ListBucket', Resource: arns.policyBucket };
}

async function tryPolicy({ s3, names }: TrialAccount, statements: readonly Statement[]): Promise<PolicyOutcome> {
  const Policy = formatPolicy(statements);
  const bytes = Buffer.byteLength(Policy);
  try {
    await s3.send(new PutBucketPolicyCommand({ Bucket: names.policyBucket, Policy }));
    return { bytes, isAccepted: true };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode ?? 0;
    if (status < 400 || status >= 500) {
      throw error;
    }
    return { bytes, isAccepted: false, error: name, message };
  }
}

function judge(evidence: Record<'ids' | 'arns' | 'organization', PolicyOutcome>): TrialAnswer {
  const { ids, arns, organization } = evidence;
  if (arns.isAccepted) {
    return inconclusive(`a policy of ${arns.bytes} bytes was accepted`, evidence);
  }
  if (/^AccessDenied/.test(arns.error ?? '')) {
    return inconclusive('policies of the bucket were denied, whatever their size', evidence);
  }
  if (!ids.isAccepted && ids.error !== arns.error) {
    return inconclusive('the policy with account IDs was rejected for another reason than its size', evidence);
  }
  if (!organization.isAccepted && !/^AccessDenied/.test(organization.error ?? '')) {
    return inconclusive('the policy for an organization was rejected for another reason', evidence);
  }
  const measured = ids.isAccepted ? 'MEASURED_AS_WRITTEN' : 'MEASURED_AS_ARNS';
  const access = organization.isAccepted ? 'NOT_PUBLIC' : 'PUBLIC';
  return {
    answer: `${measured}, ${access}`,
    holds: ids.isAccepted && organization.isAccepted,
    note: `the policy has ${ids.bytes} bytes with account IDs, ${arns.bytes} with ARNs`,
    evidence,
  };
}
