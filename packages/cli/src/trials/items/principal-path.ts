import { tryExport } from '../exports';
import { PATH_TRIAL } from '../policies';
import { type AutomatedTrial, inconclusive } from '../trial';

/** Exports to a prefix under which the bucket denies all callers except the ARN of the role with its path. */
export const principalPath: AutomatedTrial = {
  number: PATH_TRIAL,
  title: 'The path in `aws:PrincipalArn`',
  prepare: async (account) => async () => {
    const { logs } = await account.assumeRole();
    const limited = await tryExport(account, { number: PATH_TRIAL }, logs);
    if (!limited.isDenied) {
      const note = 'the bucket policy received the ARN of the role with its path';
      return { answer: 'WITH_PATH', holds: true, note, evidence: { limited } };
    }
    const unlimited = await tryExport(account, { number: 0 }, logs);
    const evidence = { limited, unlimited };
    return unlimited.isDenied
      ? inconclusive('an export without the condition was denied, too', evidence)
      : { answer: 'WITHOUT_PATH', holds: false, note: 'the bucket policy received another ARN', evidence };
  },
};
