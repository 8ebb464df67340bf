import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, LogGroupSelection } from '../src';
import { getResources, importLogGroups, newApp, newArchiver, TOKYO } from './archiver-stack';
import { getRoles, type Statement, toList } from './policies';
import { newVerifier } from './verifier-stack';

const ROLES = [
  'PlanArchive/Role',
  'ExportLogToS3/Role',
  'CheckExportTask/Role',
  'RecordArchive/Role',
  'Workflow/StateMachineRole',
  'Schedule/Role',
  'NotificationTopic/EventsRole',
];

interface PolicyReport {
  readonly roles: { readonly roleConstructPath: string; readonly identityPolicyStatements: Statement[] }[];
}

function createStack(prepare: (stack: Stack) => void): Stack {
  const stack = new Stack(newApp(), 'Stack', { env: TOKYO });
  prepare(stack);
  const archiver = newArchiver(stack, {
    logGroups: importLogGroups(stack, '/app/orders', '/app/payments'),
    selections: [LogGroupSelection.byTag('team', 'a')],
    notificationTopic: new Topic(stack, 'Topic'),
    encryptionKey: new Key(stack, 'Key'),
    scheduleHour: 5,
    logRetention: RetentionDays.ONE_YEAR,
    logRemovalPolicy: RemovalPolicy.DESTROY,
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['a'],
      privateSubnetIds: ['subnet-1'],
    }),
  });
  archiver.addLogGroup(new LogGroup(stack, 'Added'));
  return stack;
}

/** Returns the different actions, each with the number of log groups on which it is allowed. */
function countLogGroups(statements: Statement[]): Record<string, number> {
  const allowed = statements.flatMap(({ Action, Resource }) =>
    toList(Action).map((action) => [action, toList(Resource).filter((arn) => arn.includes(':log-group:'))] as const),
  );
  const actions = new Set(allowed.map(([action]) => action));
  return Object.fromEntries(
    [...actions].map((action) => [action, allowed.flatMap(([each, arns]) => (each === action ? arns : [])).length]),
  );
}

describe('an archiver with precreated roles', () => {
  const stack = createStack((scope) => {
    const names = ROLES.map((path) => [`Stack/Archiver/${path}`, path.replaceAll('/', '-')]);
    Role.customizeRoles(scope, { usePrecreatedRoles: Object.fromEntries(names) });
  });
  const types = Object.values(getResources(stack)).map(({ Type }) => Type);
  const { directory } = (stack.node.root as App).synth();
  const report: PolicyReport = JSON.parse(readFileSync(join(directory, 'iam-policy-report.json'), 'utf8'));

  it('has no roles and policies in its template', () => {
    expect(types.filter((type) => type.startsWith('AWS::IAM::'))).toEqual([]);
  });

  it('reports every action that its template would have', () => {
    const reported = report.roles.map(({ roleConstructPath, identityPolicyStatements }) => [
      roleConstructPath.replace('Stack/', '').replaceAll('/', ''),
      Object.keys(countLogGroups(identityPolicyStatements)).sort(),
    ]);
    const synthesized = Object.entries(getRoles(createStack(() => {}))).map(([id, { inline, managed }]) => [
      id.slice(0, -8),
      Object.keys(countLogGroups([...inline, ...managed].flatMap((document) => document.Statement))).sort(),
    ]);
    expect(Object.fromEntries(reported)).toEqual(Object.fromEntries(synthesized));
  });

  it('reports the permissions for network interfaces for each of the four functions', () => {
    const allowed = report.roles.filter(({ identityPolicyStatements }) =>
      identityPolicyStatements.some(
        ({ Effect, Action }) => Effect === 'Allow' && toList(Action).includes('ec2:CreateNetworkInterface'),
      ),
    );
    expect(allowed.map(({ roleConstructPath }) => roleConstructPath.replace('Stack/Archiver/', ''))).toEqual(
      ROLES.slice(0, 4),
    );
  });

  it('reports the resources of every statement, also of log groups that were added later', () => {
    const statements = report.roles.flatMap(({ identityPolicyStatements }) => identityPolicyStatements);
    expect(statements.filter(({ Resource }) => Resource === undefined)).toEqual([]);
    // Two log groups by name, one added later, and those with a tag, each in two forms.
    expect(countLogGroups(statements)).toMatchObject({ 'logs:CreateExportTask': 8, 'logs:GetQueryResults': 8 });
  });
});

describe('a verifier with precreated roles', () => {
  const PATHS = [
    'PlanVerification/Role',
    'VerifyReceipts/Role',
    'WriteStatements/Role',
    'Workflow/StateMachineRole',
    'Schedule/Role',
    'NotificationTopic/EventsRole',
  ];

  function createVerifier(prepare: (stack: Stack) => void): Stack {
    const verified = new Stack(newApp(), 'Stack', { env: TOKYO });
    prepare(verified);
    newVerifier(verified, {
      bucket: new ArchiveBucket(verified, 'Archive', { encryptionKey: new Key(verified, 'Key') }).bucket,
      notificationTopic: new Topic(verified, 'Topic', { masterKey: new Key(verified, 'TopicKey') }),
    });
    return verified;
  }

  const stack = createVerifier((scope) => {
    const names = PATHS.map((path) => [`Stack/Verifier/${path}`, path.replaceAll('/', '-')]);
    Role.customizeRoles(scope, { usePrecreatedRoles: Object.fromEntries(names) });
  });
  const resources = Object.values(getResources(stack));
  const { directory } = (stack.node.root as App).synth();
  const report: PolicyReport = JSON.parse(readFileSync(join(directory, 'iam-policy-report.json'), 'utf8'));

  it('has no roles and policies in its template', () => {
    expect(resources.map(({ Type }) => Type).filter((type) => type.startsWith('AWS::IAM::'))).toEqual([]);
  });

  it('reports every action that its template would have, with resources', () => {
    const listActions = (statements: Statement[]) => Object.keys(countLogGroups(statements)).sort();
    const reported = report.roles.map(({ roleConstructPath, identityPolicyStatements }) => [
      roleConstructPath.replace('Stack/', '').replaceAll('/', ''),
      listActions(identityPolicyStatements),
    ]);
    const synthesized = Object.entries(getRoles(createVerifier(() => {}))).map(([id, { inline }]) => [
      id.slice(0, -8),
      listActions(inline.flatMap((document) => document.Statement)),
    ]);
    expect(Object.fromEntries(reported)).toEqual(Object.fromEntries(synthesized));
    const statements = report.roles.flatMap(({ identityPolicyStatements }) => identityPolicyStatements);
    expect(statements.filter(({ Resource }) => Resource === undefined)).toEqual([]);
  });

  it('allows only the precreated role to sign, and to send to the dead-letter queue', () => {
    const denied = (role: string) => ({
      ArnNotEquals: {
        'aws:PrincipalArn': {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::123456789012:role/${role}`]],
        },
      },
    });
    const text = JSON.stringify(resources);
    expect(text).toContain(JSON.stringify(denied('WriteStatements-Role')));
    expect(text).toContain(JSON.stringify(denied('Schedule-Role')));
  });
});
