import { S3Client } from '@aws-sdk/client-s3';
import { LocalAws } from '@log-archiver/local-aws';
import { readEvents } from 'log-archiver/read-events';
import type { Archive } from './archive';
import { BUCKET_NAME } from './archivers';
import type { Simulation } from './simulate';

/** Expects that `cat` finds every event that the receipts lead to once, in the order of time. */
export async function expectEventsReadBack({ aws, archivers }: Simulation, archive: Archive) {
  // A caller outside of the simulation: without its faults, and without its latency.
  const { clientConfig } = new LocalAws({ now: aws.clock.now() }, aws);
  const s3 = new S3Client(clientConfig);
  for (const keyPrefix of new Set(archivers.map(({ traits }) => traits.keyPrefix))) {
    const receipts = archivers
      .filter(({ traits }) => traits.keyPrefix === keyPrefix)
      .flatMap(({ traits }) => archive.findReceipts(traits));
    for (const logGroupName of new Set(receipts.map((receipt) => receipt.logGroupName))) {
      const lines = receipts
        .filter((receipt) => receipt.logGroupName === logGroupName)
        .flatMap((receipt) => archive.readLines(receipt));
      const read: string[] = [];
      let last = Number.NEGATIVE_INFINITY;
      for await (const { timestamp, message } of readEvents(s3, {
        s3BucketName: BUCKET_NAME,
        logGroupName,
        keyPrefix,
      })) {
        expect(timestamp).toBeGreaterThanOrEqual(last);
        last = timestamp;
        read.push(`${new Date(timestamp).toISOString()} ${message}`);
      }
      expect(read.sort()).toEqual([...new Set(lines)].sort());
    }
  }
}
