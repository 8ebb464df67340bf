import { type ExportedObject, exportUntil, NO_EVENTS, putEvents } from '../exports';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';
import type { TrialAccount } from '../trial-account';

/** Log streams whose folders have the same name, if `/` becomes `-`. */
const SHARING = ['trial-9/a/b', 'trial-9/a-b'];
/** Names of log streams. CloudWatch Logs may reject the first. */
const NAMES = ['trial-9/a:b', 'trial-9/[$LATEST]', ...SHARING];

/** Exports log streams with unusual names. The message of each event is the name of its log stream. */
export const streamFolders: AutomatedTrial = {
  number: 9,
  title: 'Folders of log streams',
  prepare: async (account) => {
    const rejected: string[] = [];
    for (const name of NAMES) {
      await putNamedEvent(account, name).catch((error: Error) => {
        if (error.name !== 'InvalidParameterException') {
          throw error;
        }
        rejected.push(name);
      });
    }
    const created = NAMES.filter((name) => !rejected.includes(name));
    return async () => {
      const find = (objects: readonly ExportedObject[]) => findMissing(created, objects);
      // Log streams that share a folder may overwrite each other's objects.
      const isComplete = (objects: readonly ExportedObject[]) =>
        find(objects).length <= 1 && find(objects).every((name) => SHARING.includes(name));
      const objects = await exportUntil(account, { number: 9, logStreamNamePrefix: 'trial-9/' }, isComplete);
      const evidence = { createdLogStreams: created, rejectedLogStreams: rejected, objects };
      return isComplete(objects) ? judge(find(objects), objects, evidence) : inconclusive(NO_EVENTS, evidence);
    };
  },
};

async function putNamedEvent(account: TrialAccount, name: string): Promise<void> {
  await putEvents(account, name, [{ timestamp: account.now(), message: name }]);
}

/** Returns the log streams whose event was not exported. */
function findMissing(created: readonly string[], objects: readonly ExportedObject[]): string[] {
  const exported = objects.flatMap(({ messages }) => messages);
  return created.filter((name) => !exported.includes(name));
}

function judge(missing: readonly string[], objects: readonly ExportedObject[], evidence: unknown): TrialAnswer {
  const isAsAssumed = objects.every(({ folder, messages }) =>
    messages.every((name) => name.replaceAll('/', '-') === folder),
  );
  const note =
    missing.length === 0 ? 'no event is missing' : `the event of ${missing[0]}, which shares a folder, is missing`;
  return { answer: isAsAssumed ? 'ONLY_SLASH' : 'MORE_CHARACTERS', holds: isAsAssumed, note, evidence };
}
