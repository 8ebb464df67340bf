import { tryExport } from '../exports';
import { HEADER_TRIAL } from '../policies';
import { type AutomatedTrial, inconclusive } from '../trial';

/** Exports to a prefix under which the bucket denies writes with a KMS key in their headers. */
export const encryptionHeaders: AutomatedTrial = {
  number: HEADER_TRIAL,
  title: 'Encryption headers of an export',
  prepare: async (account) => async () => {
    const limited = await tryExport(account, { number: HEADER_TRIAL });
    if (!limited.isDenied) {
      return { answer: 'NOT_SENT', holds: true, note: 'the export names no KMS key', evidence: { limited } };
    }
    const unlimited = await tryExport(account, { number: 0 });
    const evidence = { limited, unlimited };
    return unlimited.isDenied
      ? inconclusive('an export without the condition was denied, too', evidence)
      : { answer: 'SENT', holds: false, note: 'the export names a KMS key, which this bucket does not have', evidence };
  },
};
