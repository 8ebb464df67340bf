import { createLogsClient } from '../src/create-clients';
import { listLogStreams } from '../src/log-streams';
import { startLocalAws } from '../src/testing';

it('lists log streams page by page, those with the latest last event first', async () => {
  const aws = startLocalAws();
  const logGroupName = '/app/web';
  for (let number = 1; number <= 60; number += 1) {
    const logStreamName = `stream-${number}`;
    aws.logs.logStreams.create({ logGroupName, logStreamName });
    const timestamp = aws.clock.now() - number;
    aws.logs.logEvents.put({ logGroupName, logStreamName, logEvents: [{ timestamp, message: 'GET /' }] });
  }
  const clients = createLogsClient({ requestHandler: aws.requestHandler });

  const first = await listLogStreams(clients, logGroupName, null);
  const second = await listLogStreams(clients, logGroupName, first.nextToken ?? null);

  expect([...first.logStreams, ...second.logStreams].map(({ logStreamName }) => logStreamName)).toEqual(
    Array.from({ length: 60 }, (_, index) => `stream-${index + 1}`),
  );
  expect([first.logStreams.length, second.nextToken]).toEqual([50, undefined]);
});
