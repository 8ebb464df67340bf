import { APP, ScheduledArchiver, synthesizeArchiver } from '../scheduled-archiver';

const synthesized = synthesizeArchiver();

const OCTOBER = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-31T23:59:59.999Z' };
const BEFORE_OCTOBER = '2026-09-30T23:00:00Z';

/** Prepares an archiver that has run in October, when the log group had an event on the 2nd and on the 25th. */
async function prepareOctober(): Promise<ScheduledArchiver> {
  const archiver = new ScheduledArchiver(synthesized, BEFORE_OCTOBER);
  await archiver.createLogGroup(APP);
  await archiver.aws.clock.moveTo('2026-10-02T00:00:00Z');
  await archiver.putEvents(APP, '2026-10-02T00:00:00.000Z');
  await archiver.runOn('2026-10-15');
  await archiver.aws.clock.moveTo('2026-10-25T00:00:00Z');
  await archiver.putEvents(APP, '2026-10-25T00:00:00.000Z');
  return archiver;
}

/** Change of the log group at the end of October, and October's entry and losses after it. */
type LossCase = [
  what: string,
  happens: (archiver: ScheduledArchiver) => Promise<void>,
  entry: string,
  counts: { archived: number; lost: number },
  losses: { cause: string; from: string; to: string }[],
];

const LOSS_CASES: LossCase[] = [
  [
    'retention removes all of the month',
    async (archiver) => {
      archiver.setRetention(APP, 1);
    },
    '2026-10 RetentionExpired',
    { archived: 0, lost: 1 },
    [{ cause: 'RetentionExpired', ...OCTOBER }],
  ],
  [
    'retention removes the start of the month',
    async (archiver) => {
      archiver.setRetention(APP, 14);
    },
    '2026-10 ARCHIVED',
    { archived: 1, lost: 0 },
    [{ cause: 'RetentionExpired', from: OCTOBER.from, to: expect.stringMatching(/^2026-10-19T03:0/) }],
  ],
  [
    'the log group is deleted',
    async (archiver) => {
      archiver.deleteLogGroup(APP);
    },
    '2026-10 LogGroupDeleted',
    { archived: 0, lost: 1 },
    [{ cause: 'LogGroupDeleted', ...OCTOBER }],
  ],
  [
    'the log group is deleted and created again within the month',
    async (archiver) => {
      await archiver.recreateLogGroup(APP);
      await archiver.aws.clock.moveTo('2026-10-26T00:00:00Z');
      await archiver.putEvents(APP, '2026-10-26T00:00:00.000Z');
    },
    '2026-10 ARCHIVED',
    { archived: 1, lost: 0 },
    [{ cause: 'LogGroupRecreated', from: OCTOBER.from, to: '2026-10-24T23:59:59.999Z' }],
  ],
  [
    'the log group is deleted, and created again after the month',
    async (archiver) => {
      archiver.deleteLogGroup(APP);
      await archiver.aws.clock.moveTo('2026-11-01T00:00:00Z');
      await archiver.createLogGroup(APP);
    },
    '2026-10 LogGroupRecreated',
    { archived: 0, lost: 1 },
    [{ cause: 'LogGroupRecreated', ...OCTOBER }],
  ],
];

describe.each(LOSS_CASES)('if %s', (_, happens, entry, counts, losses) => {
  let archiver: ScheduledArchiver;

  beforeEach(async () => {
    archiver = await prepareOctober();
    await happens(archiver);
  });

  it('the run fails once with ArchiveLoss and a notification, and the month keeps the loss', async () => {
    const first = await archiver.runOn('2026-11-02');
    expect([first.end, first.entries.at(-1)]).toEqual(['ArchiveLoss', entry]);
    expect(first.outcomes.at(-1)?.losses).toEqual(losses);
    expect(first.report).toMatchObject({
      status: 'LOSS',
      newLosses: losses.map((loss) => ({ logGroupName: APP, ...loss })),
    });
    const [{ cause } = { cause: '' }] = losses;
    expect(first.result).toMatchObject({ cause: expect.stringContaining(`"cause":"${cause}"`) });
    expect(first.messages).toHaveLength(1);
    expect(first.messages[0]).toContain(
      'LOST (these events can no longer be archived):\n  2026-10-01T00:00:00.000Z to ',
    );
    expect(first.messages[0]).toContain(`  ${APP}  ${cause}`);
    const october = { status: 'COMPLETE_WITH_LOSS', complete: false, failed: 0, ...counts };
    expect(archiver.findPeriod('2026-10')).toMatchObject({ ...october, losses });

    const later = await archiver.runOn('2026-11-03');
    expect([later.end, later.entries.at(-1), later.report?.newLosses, later.messages]).toEqual([
      'SUCCEEDED',
      entry,
      [],
      [],
    ]);
    expect(archiver.findPeriod('2026-10')).toMatchObject({ ...october, losses });
    expect(archiver.findPeriod('2026-10')?.losses).toHaveLength(1);
  });
});

describe('a receipt', () => {
  it('records the loss, and the log group of which it archives the rest', async () => {
    const archiver = await prepareOctober();
    archiver.setRetention(APP, 14);
    await archiver.runOn('2026-11-02');
    expect(archiver.receipts.find(({ period }) => period === '2026-10')).toMatchObject({
      evidence: 'OBJECTS',
      logGroup: { retentionInDays: 14, createdAt: Date.parse(BEFORE_OCTOBER), logGroupClass: 'STANDARD' },
      losses: [{ cause: 'RetentionExpired', from: OCTOBER.from }],
    });
    expect(archiver.archivedEvents).toEqual(['at 2026-10-25T00:00:00.000Z']);
  });
});

describe('a retention that is too short for a month', () => {
  it('is warned of on the first day, before anything is lost', async () => {
    const archiver = new ScheduledArchiver(synthesized, BEFORE_OCTOBER);
    await archiver.createLogGroup(APP);
    archiver.setRetention(APP, 30);
    const first = await archiver.runOn('2026-10-02');
    expect(first.report?.newLosses).toEqual([]);
    expect(first.report?.warnings).toMatchObject([
      {
        type: 'RetentionTooShort',
        subject: APP,
        message: expect.stringMatching(
          /^events are kept for 30 days, but need to be kept for 34 days until their export; with the archive of 2026-10, those from 2026-10-01T00:00:00.000Z to 2026-10-0\d/,
        ),
      },
    ]);
    expect(first.messages).toEqual([expect.stringContaining('RetentionTooShort: events are kept for 30 days')]);
    expect((await archiver.runOn('2026-10-03')).messages).toEqual([]);
  });

  it('is warned of if an account-level policy shortens it', async () => {
    const archiver = new ScheduledArchiver(synthesized, BEFORE_OCTOBER);
    await archiver.createLogGroup(APP);
    archiver.aws.logs.call('PutAccountPolicy', {
      policyName: 'retention',
      policyType: 'RETENTION_POLICY',
      policyDocument: JSON.stringify({ retentionInDays: 30, enforcementMode: 'RETROACTIVE' }),
    });
    const { report } = await archiver.runOn('2026-10-03');
    expect(report?.warnings).toMatchObject([{ type: 'RetentionTooShort', subject: APP }]);
  });
});

describe('a log group that no run has seen in the month', () => {
  it('is skipped with CreatedLater if it is created after the month', async () => {
    const archiver = new ScheduledArchiver(synthesized, '2026-11-01T00:00:00Z');
    await archiver.createLogGroup(APP);
    const { end, entries } = await archiver.runOn('2026-11-02');
    expect([end, entries.at(-1)]).toEqual(['SUCCEEDED', '2026-10 CreatedLater']);
    expect(archiver.findPeriod('2026-10')).toMatchObject({
      status: 'COMPLETE',
      skipped: { CreatedLater: 1 },
      losses: [],
    });
  });
});
