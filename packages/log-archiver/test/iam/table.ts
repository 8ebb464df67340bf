import { Access, type AccessQuestion, evaluateAsDocumented, type StackPolicies } from '@log-archiver/local-aws';

/** A call, and whether AWS is to allow it. */
export interface Row extends AccessQuestion {
  readonly what: string;
  readonly allowed: boolean;
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

/** The same rows as a test each. */
export function itDecides(access: Access, rows: Row[]) {
  it.each(rows.map((row) => [row.allowed ? 'allows' : 'denies', row.what, row] as const))('%s %s', (_, _what, row) => {
    const decision = access.decide(row);
    expect(decision).toEqual(row.allowed ? 'ALLOWED' : expect.not.stringMatching('ALLOWED'));
  });

  it('is of actions, resources and condition keys that AWS has', async () => {
    for (const { what, allowed, ...row } of rows.filter(({ resource }) => !resource.endsWith(':*'))) {
      const answer = await evaluateAsDocumented(access.requestOf(row));
      expect([what, answer]).toEqual([what, allowed ? 'ALLOWED' : 'DENIED']);
    }
  });
}

/** The rows on which these policies are wrong. */
export function wrongRows(policies: StackPolicies[], rows: Row[]): Row[] {
  const access = new Access(...policies);
  return rows.filter((row) => (access.decide(row) === 'ALLOWED') !== row.allowed);
}
