import { LocalAws } from '../../src';
import { listPermissions } from '../../src/logs/permissions';

const ARNS = 'arn:aws:logs:ap-northeast-1:123456789012:log-group';

function withLogGroups() {
  const { logs } = new LocalAws({ now: '2026-11-01T18:00:00Z' });
  logs.logGroups.create({ logGroupName: '/shop', tags: { stage: 'prod' } });
  logs.logGroups.create({ logGroupName: '/other' });
  return logs;
}

const SHOP = { resource: `${ARNS}:/shop:*`, context: { 'aws:ResourceTag/stage': 'prod' } };
const OTHER = { resource: `${ARNS}:/other:*`, context: {} };

describe('the permission for', () => {
  it.each([
    ['FilterLogEvents', { logGroupName: '/shop' }],
    ['FilterLogEvents', { logGroupIdentifier: `${ARNS}:/shop` }],
    ['DescribeLogStreams', { logGroupName: '/shop' }],
    ['StartQuery', { logGroupName: '/shop' }],
    ['TagResource', { resourceArn: `${ARNS}:/shop` }],
  ])('%s, called with %j, is that for the log group with its tags', (operation, input) => {
    expect(listPermissions(operation, input, withLogGroups())).toEqual([{ action: `logs:${operation}`, ...SHOP }]);
  });

  it.each([{ logGroupNames: ['/shop', '/other'] }, { logGroupIdentifiers: [`${ARNS}:/shop`, '/other'] }])(
    'StartQuery of %j is one for each log group',
    (input) => {
      expect(listPermissions('StartQuery', input, withLogGroups())).toEqual([
        { action: 'logs:StartQuery', ...SHOP },
        { action: 'logs:StartQuery', ...OTHER },
      ]);
    },
  );

  it('GetQueryResults is that for the log groups of the query', () => {
    const logs = withLogGroups();
    const now = Date.parse('2026-11-01T18:00:00Z') / 1_000;
    const range = { startTime: 0, endTime: now };
    const query = logs.queries.start({ logGroupName: '/shop', ...range, queryString: 'stats count(*) as events' });
    expect(listPermissions('GetQueryResults', query, logs)).toEqual([{ action: 'logs:GetQueryResults', ...SHOP }]);
  });

  it('GetQueryResults with an unknown id is that for all log groups', () => {
    expect(listPermissions('GetQueryResults', { queryId: 'none' }, withLogGroups())).toEqual([
      { action: 'logs:GetQueryResults', resource: `${ARNS}:*:*`, context: {} },
    ]);
  });

  it.each(['CancelExportTask', 'DescribeExportTasks', 'DescribeLogGroups', 'ListLogGroups', 'PutAccountPolicy'])(
    '%s has no resource',
    (operation) => {
      expect(listPermissions(operation, {}, withLogGroups())).toEqual([{ action: `logs:${operation}`, resource: '*' }]);
    },
  );

  it.each([
    ['2026/10', 'archive/2026/10/aws-logs-write-test'],
    [undefined, 'archive/aws-logs-write-test'],
  ])('CreateExportTask with prefix %s includes writing %s', (destinationPrefix, object) => {
    const input = { logGroupName: '/shop', destination: 'archive', destinationPrefix };
    expect(listPermissions('CreateExportTask', input, withLogGroups())).toEqual([
      { action: 'logs:CreateExportTask', ...SHOP },
      {
        action: 's3:PutObject',
        resource: `arn:aws:s3:::${object}`,
        context: { 's3:ObjectCreationOperation': 'true' },
      },
    ]);
  });
});
