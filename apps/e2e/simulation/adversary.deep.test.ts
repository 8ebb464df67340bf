import { requiresEvaluator } from '@log-archiver/local-aws';
import { checkWorld } from './check-world';
import { LAST_RUN, LOG_GROUP, type NamedWorld, QUIET } from './found-before';
import type { Attack, World } from './world';

const START = { day: 0, after: 0 };
const ON = { isRepeated: false, archiver: 0, logGroup: 0, period: 0 };

function attackedBy(...attacks: Attack[]): World {
  const logGroups = [{ ...LOG_GROUP, streams: [2, 0, 0] }];
  return { ...QUIET, logGroups, adversary: { role: 'Ordinary', isExportCallerChecked: false, attacks } };
}

/** Worlds in which a period would be `COMPLETE` without its events if the archive trusted others. */
const WORLDS: NamedWorld[] = [
  [
    'refuses the receipt that another role writes before the first run',
    attackedBy({
      ...{ ...ON, moment: START, after: undefined },
      deed: { on: 'BUCKET', what: 'RECEIPT', how: 'FORGE' },
    }),
  ],
  [
    'does not record a task with a copied name and fewer log streams, which replaced each of its own',
    attackedBy({
      ...{ ...ON, moment: LAST_RUN, after: 'CreateExportTask', isRepeated: true },
      deed: {
        on: 'EXPORT',
        what: 'REPLACE',
        streams: 'day/0/0',
        isRangeCut: false,
        into: 'ARCHIVE',
        runningSeconds: 1,
      },
    }),
  ],
];

requiresEvaluator(describe)('an archiver in an account with an adversary', () => {
  it.each(WORLDS)('%s', async (_, world) => {
    await checkWorld(world);
  });
});
