import { tryExport } from '../exports';
import { allow } from '../policies';
import { type AutomatedTrial, inconclusive } from '../trial';

/** Starts an export with permission for one form of the log group's ARN, then with permission for the other one. */
export const arnForm: AutomatedTrial = {
  number: 4,
  title: 'ARN form',
  prepare: async (account) => async () => {
    const { logGroup, bucket } = account.arns;
    const tryWith = async (arn: string) => {
      const write = allow('s3:PutObject', `${bucket}/*`);
      const { logs } = await account.assumeRole(allow('logs:CreateExportTask', arn), write);
      return tryExport(account, { number: 4 }, logs);
    };
    const evidence = { withSuffix: await tryWith(`${logGroup}:*`), withoutSuffix: await tryWith(logGroup) };
    const { withSuffix, withoutSuffix } = evidence;
    if (withSuffix.isDenied && withoutSuffix.isDenied) {
      return inconclusive('both forms were denied', evidence);
    }
    if (!withSuffix.isDenied && !withoutSuffix.isDenied) {
      return { answer: 'BOTH', holds: true, note: 'each form is enough', evidence };
    }
    return withSuffix.isDenied
      ? { answer: 'WITHOUT_SUFFIX', holds: true, note: 'the ARN without :* is checked', evidence }
      : { answer: 'WITH_SUFFIX', holds: true, note: 'the ARN with :* is checked', evidence };
  },
};
