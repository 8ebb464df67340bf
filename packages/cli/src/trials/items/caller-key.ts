import { type ExportOutcome, tryExport } from '../exports';
import { allow, exportPrefix } from '../policies';
import { type AutomatedTrial, inconclusive } from '../trial';

/** Starts an export with permission to write one key, then more keys, then the whole bucket. */
export const callerKey: AutomatedTrial = {
  number: 7,
  title: 'The object key that is checked for the caller of an export',
  prepare: async (account) => async () => {
    const { logGroup, bucket } = account.arns;
    const attempts = [
      ['WRITE_TEST', `${exportPrefix(7)}/aws-logs-write-test`, true],
      ['UNDER_YEAR', '20??/*', true],
      ['OUTSIDE_YEAR', '*', false],
    ] as const;
    const evidence: { allowed: string; outcome: ExportOutcome }[] = [];
    for (const [answer, allowed, holds] of attempts) {
      const create = allow('logs:CreateExportTask', logGroup, `${logGroup}:*`);
      const { logs } = await account.assumeRole(create, allow('s3:PutObject', `${bucket}/${allowed}`));
      const outcome = await tryExport(account, { number: 7 }, logs);
      evidence.push({ allowed, outcome });
      if (!outcome.isDenied) {
        return { answer, holds, note: `permission to write ${allowed} is enough`, evidence };
      }
    }
    return inconclusive('permission to write the whole bucket was not enough', evidence);
  },
};
