import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { closeServers, NOW, servedLocalAws } from '../../served-local-aws';

afterEach(closeServers);

const now = Date.parse(NOW);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const stream = { logGroupName: '/shop', logStreamName: 'web' };
const event = (fromNow: number, message = 'x') => ({ timestamp: now + fromNow, message });

async function withLogStream() {
  const { aws, client } = await servedLocalAws();
  await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
  await client.send(new CreateLogStreamCommand(stream));
  const put = (...logEvents: ReturnType<typeof event>[]) =>
    client.send(new PutLogEventsCommand({ ...stream, logEvents }));
  const timestamps = async () =>
    (await client.send(new FilterLogEventsCommand({ logGroupName: '/shop' }))).events?.map(
      ({ timestamp = 0 }) => timestamp - now,
    );
  return { aws, client, put, timestamps };
}

describe('PutLogEvents', () => {
  it('accepts events up to 14 days old, and reports older ones', async () => {
    const { put, timestamps } = await withLogStream();
    const answer = await put(event(-14 * DAY - 1), event(-14 * DAY));
    expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    expect(await timestamps()).toEqual([-14 * DAY]);
  });

  it('accepts events up to 2 hours ahead, and reports newer ones', async () => {
    const { put, timestamps } = await withLogStream();
    const answer = await put(event(2 * HOUR), event(2 * HOUR + 1));
    expect(answer.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    expect(await timestamps()).toEqual([2 * HOUR]);
  });

  it('accepts events within the retention, and reports expired ones', async () => {
    const { client, put, timestamps } = await withLogStream();
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 1 }));
    const answer = await put(event(-DAY - 1), event(-DAY));
    expect(answer.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 });
    expect(await timestamps()).toEqual([-DAY]);
  });

  it('omits rejectedLogEventsInfo if no event is rejected', async () => {
    const { put } = await withLogStream();
    expect(await put(event(0))).not.toHaveProperty('rejectedLogEventsInfo');
  });

  it('applies the limit of 24 hours only to events that it accepts', async () => {
    const { put } = await withLogStream();
    await expect(put(event(-15 * DAY), event(-DAY), event(0), event(DAY))).resolves.toHaveProperty(
      'rejectedLogEventsInfo',
      { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 },
    );
  });

  const largest = 'x'.repeat(1_048_576 - 26);
  it.each([
    [
      'longer than 24 hours',
      [event(-DAY - 1), event(0)],
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    ],
    [
      'out of order',
      [event(0), event(-1)],
      'Log events in a single PutLogEvents request must be in chronological order.',
    ],
    ['larger than 1 MiB', [event(0, `${largest}x`)], 'Upload too large: 1048577 bytes exceeds limit of 1048576'],
  ])('rejects a batch that is %s', async (_, events, message) => {
    const { put } = await withLogStream();
    await expect(put(...events)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
  });

  it('accepts 1 MiB, and 10,000 events', async () => {
    const { put } = await withLogStream();
    await put(event(0, largest));
    await put(...Array.from({ length: 10_000 }, () => event(0)));
    await expect(put(...Array.from({ length: 10_001 }, () => event(0)))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(
        /^1 validation error detected: .* at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to 10000$/,
      ),
    });
  });
});

describe('FilterLogEvents', () => {
  it('returns events across log streams in order of time, from startTime to endTime, in pages', async () => {
    const { client, put } = await withLogStream();
    await client.send(new CreateLogStreamCommand({ ...stream, logStreamName: 'app' }));
    await put(event(-3), event(-1, 'ERROR one'), event(1));
    const logEvents = [event(-2, 'ERROR two'), event(0)];
    await client.send(new PutLogEventsCommand({ ...stream, logStreamName: 'app', logEvents }));
    const query = { logGroupName: '/shop', startTime: now - 2, endTime: now, limit: 2 };
    const first = await client.send(new FilterLogEventsCommand(query));
    const second = await client.send(new FilterLogEventsCommand({ ...query, nextToken: first.nextToken }));
    expect(first.events?.map(({ logStreamName, message }) => [logStreamName, message])).toEqual([
      ['app', 'ERROR two'],
      ['web', 'ERROR one'],
    ]);
    expect(second.events?.map(({ timestamp }) => timestamp)).toEqual([now]);
    expect(second.nextToken).toBeUndefined();
    const errors = await client.send(
      new FilterLogEventsCommand({ logGroupName: '/shop', filterPattern: 'ERROR -two' }),
    );
    expect(errors.events?.map(({ message }) => message)).toEqual(['ERROR one']);
  });

  it('omits expired events, and rejects classes other than STANDARD', async () => {
    const { aws, client, put, timestamps } = await withLogStream();
    await put(event(-HOUR), event(0));
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 1 }));
    await aws.clock.moveTo(now + DAY);
    expect(await timestamps()).toEqual([0]);
    await client.send(new CreateLogGroupCommand({ logGroupName: '/rare', logGroupClass: 'INFREQUENT_ACCESS' }));
    await expect(client.send(new FilterLogEventsCommand({ logGroupName: '/rare' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('GetLogEvents', () => {
  it('pages forward until the token repeats, and backward', async () => {
    const { client, put } = await withLogStream();
    await put(event(0, 'a'), event(1, 'b'), event(1, 'c'));
    const get = async (input: { nextToken?: string; startFromHead?: boolean; limit?: number }) => {
      const answer = await client.send(new GetLogEventsCommand({ ...stream, limit: 2, ...input }));
      return { ...answer, messages: answer.events?.map(({ message }) => message).join('') };
    };
    const head = await get({ startFromHead: true });
    const next = await get({ nextToken: head.nextForwardToken });
    const end = await get({ nextToken: next.nextForwardToken });
    expect([head.messages, next.messages, end.messages]).toEqual(['ab', 'c', '']);
    expect(end.nextForwardToken).toBe(next.nextForwardToken);
    const tail = await get({});
    const before = await get({ nextToken: tail.nextBackwardToken });
    expect([tail.messages, before.messages]).toEqual(['bc', 'a']);
    await put(event(2, 'd'));
    expect((await get({ nextToken: end.nextForwardToken })).messages).toBe('d');
  });

  it('excludes endTime', async () => {
    const { client, put } = await withLogStream();
    await put(event(0, 'a'), event(1, 'b'));
    const { events } = await client.send(new GetLogEventsCommand({ ...stream, startTime: now, endTime: now + 1 }));
    expect(events).toEqual([{ timestamp: now, message: 'a', ingestionTime: now }]);
  });

  it('rejects an unknown log stream', async () => {
    const { client } = await withLogStream();
    const command = new GetLogEventsCommand({ ...stream, logStreamName: 'none' });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
  });
});
