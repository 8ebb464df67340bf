import { type ExportedObject, exportUntil, NO_EVENTS, putEvents } from '../exports';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';
import type { TrialAccount } from '../trial-account';

/** Names of log streams. CloudWatch Logs may reject the third. */
const NAMES = ['a/b', 'a-b', 'a:b', '[$LATEST]'].map((name) => `trial-9/${name}`);

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
      // Log streams that share a folder may overwrite each other's objects.
      const isComplete = (objects: readonly ExportedObject[]) => countEvents(objects) >= created.length - 1;
      const objects = await exportUntil(account, { number: 9, logStreamNamePrefix: 'trial-9/' }, isComplete);
      return judge(objects, { created, rejected, isComplete: isComplete(objects) });
    };
  },
};

async function putNamedEvent(account: TrialAccount, name: string): Promise<void> {
  await putEvents(account, name, [{ timestamp: account.now(), message: name }]);
}

function countEvents(objects: readonly ExportedObject[]): number {
  return objects.reduce((sum, { messages }) => sum + messages.length, 0);
}

function judge(
  objects: readonly ExportedObject[],
  { created, rejected, isComplete }: { created: string[]; rejected: string[]; isComplete: boolean },
): TrialAnswer {
  const evidence = { createdLogStreams: created, rejectedLogStreams: rejected, objects };
  if (!isComplete) {
    return inconclusive(NO_EVENTS, evidence);
  }
  const isAsAssumed = objects.every(({ folder, messages }) =>
    messages.every((name) => name.replaceAll('/', '-') === folder),
  );
  const lost = created.length - countEvents(objects);
  const note = lost === 0 ? 'no event is missing' : 'of two log streams that share a folder, only one was exported';
  return { answer: isAsAssumed ? 'ONLY_SLASH' : 'MORE_CHARACTERS', holds: isAsAssumed, note, evidence };
}
