import { DescribeKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { requiresEvaluator, type Statement, throttled } from '../../src';
import { KEY_ARN, MESSAGE, start } from './local-kms';

const ROLE = 'arn:aws:iam::123456789012:role/Verifier';

it('rejects an unsupported operation', async () => {
  await expect(start().kms.send(new DescribeKeyCommand({ KeyId: KEY_ARN }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

it('meets faults like the other services', async () => {
  const { aws, sign } = start();
  aws.faults.injectNext('Sign', throttled);
  await expect(sign()).rejects.toMatchObject({ name: 'ThrottlingException' });
});

it('is recorded with its input', async () => {
  const { aws, sign } = start();
  await sign();
  expect(aws.requestHandler.calls).toMatchObject([
    { operation: 'Sign', input: { KeyId: 'Shop-Key', SigningAlgorithm: 'ECDSA_SHA_256' } },
  ]);
});

it('rejects a template with a signing key of another kind', () => {
  expect(() => start({}, 'RSA_2048')).toThrow('KeySpec of Key must be ECC_NIST_P256');
});

requiresEvaluator(describe)('with enforced policies, a role', () => {
  /** Signs with a role that has this statement. */
  function signAs(statement: Partial<Statement>) {
    const { aws } = start({ enforcePolicies: true });
    const document = { Statement: [{ Effect: 'Allow' as const, Action: 'kms:Sign', Resource: KEY_ARN, ...statement }] };
    const roles = [{ logicalId: 'Role', arn: ROLE, policies: [{ logicalId: 'Policy', document }] }];
    aws.access?.add({ account: '123456789012', roles, resourcePolicies: [] });
    const requestHandler = aws.requestHandler.withSleep(aws.clock.sleep, { roleArn: ROLE, sessionName: 'function' });
    const kms = new KMSClient({ ...aws.clientConfig, requestHandler });
    return kms.send(
      new SignCommand({
        KeyId: KEY_ARN,
        Message: MESSAGE,
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
    );
  }

  it('can sign with the key that its policy names', async () => {
    expect(await signAs({})).toMatchObject({ KeyId: KEY_ARN });
  });

  it.each([
    ['another action', { Action: 'kms:Verify' }],
    ['another key', { Resource: `${KEY_ARN}-2` }],
    ['another message type', { Condition: { StringEquals: { 'kms:MessageType': 'DIGEST' } } }],
  ])('cannot sign if its policy allows only %s', async (_, statement) => {
    await expect(signAs(statement)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`is not authorized to perform: kms:Sign on resource: ${KEY_ARN}`),
    });
  });
});
