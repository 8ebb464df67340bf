import { Access, type AccessQuestion, evaluateAsDocumented, type StackPolicies } from '@log-archiver/local-aws';

/** A call, and whether AWS is to allow it. */
export interface Row extends AccessQuestion {
  readonly what: string;
  readonly allowed: boolean;
}

/** A row that says itself what it asks. */
export function asking(
  allowed: boolean,
  principal: string,
  action: string,
  resource: string,
  context?: Record<string, string>,
): Row {
  const what = `${principal}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`;
  return { what, principal, action, resource, context, allowed };
}

/** Somebody who may do everything in an account, as far as it is for that account to say. */
export function administratorOf(account: string): StackPolicies & { arn: string } {
  const arn = `arn:aws:iam::${account}:role/Administrator`;
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }],
  };
  const roles = [{ logicalId: 'Administrator', arn, policies: [{ logicalId: 'Administrator', document }] }];
  return { account, roles, resourcePolicies: [], arn };
}

/** What is allowed, and what is denied, asked of IAM twice: with and without what AWS documents of its actions. */
export function itDecides(policies: StackPolicies[], rows: Row[]) {
  it.each([
    ['allows', true],
    ['denies', false],
  ])('%s what it should', (_, allowed) => {
    const ofThese = rows.filter((row) => row.allowed === allowed);
    expect(wrongRows(policies, ofThese).map(({ what }) => what)).toEqual([]);
  });
}

/** That AWS has what is asked: each action, of that resource, with those condition keys. */
export function itAsksWhatAwsKnows(policies: StackPolicies[], rows: Row[]) {
  it('knows the actions, resources and condition keys', async () => {
    const access = new Access(...policies);
    for (const { what, allowed, ...row } of rows.filter(isInTheData)) {
      const answer = await evaluateAsDocumented(access.requestOf(row));
      expect([what, answer]).toEqual([what, allowed ? 'ALLOWED' : 'DENIED']);
    }
  });
}

/** A resource that ends so is a pattern to the evaluator; a key of an encryption context can be any, which it does not know. */
function isInTheData({ resource, context = {} }: Row): boolean {
  return !resource.endsWith(':*') && !Object.keys(context).some((key) => key.startsWith('kms:EncryptionContext:'));
}

/** The rows on which these policies are wrong; the first ones, if not all are asked for. */
export function wrongRows(policies: StackPolicies[], rows: Row[], most = Number.POSITIVE_INFINITY): Row[] {
  const access = new Access(...policies);
  const wrong: Row[] = [];
  for (const row of rows) {
    if ((access.decide(row) === 'ALLOWED') !== row.allowed && wrong.push(row) >= most) {
      break;
    }
  }
  return wrong;
}
