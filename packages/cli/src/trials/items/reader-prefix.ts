import { PutObjectCommand } from '@aws-sdk/client-s3';
import { runExecution } from '../executions';
import { type AutomatedTrial, inconclusive } from '../trial';

const KEYS = ['trial-27/a/1', 'trial-27/b/1'];

/** Runs a Distributed Map whose item reader gets its prefix from the input. */
export const readerPrefix: AutomatedTrial = {
  number: 27,
  title: 'ItemReader with a prefix from the data',
  prepare: async (account) => async () => {
    for (const Key of KEYS) {
      await account.s3.send(new PutObjectCommand({ Bucket: account.names.bucket, Key, Body: 'trial' }));
    }
    const execution = await runExecution(account, 'reader', { prefix: 'trial-27/a/' });
    if (!Array.isArray(execution.output)) {
      return inconclusive('the execution did not succeed', execution);
    }
    const keys = execution.output.map((item) => Object(item).Key);
    const isAsAssumed = keys.join() === KEYS[0];
    const note = `the item reader listed ${keys.join(', ')}`;
    return { answer: isAsAssumed ? 'ONLY_PREFIX' : 'MORE', holds: isAsAssumed, note, evidence: execution };
  },
};
