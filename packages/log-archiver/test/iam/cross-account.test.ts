import { itAsksWhatAwsKnows, itDecides, wrongRows } from './access-cases';
import { opened, VAULTS, Vault } from './shared-bucket';

describe.each(VAULTS)('of %s and the accounts that archive there, AWS', (_, options) => {
  const { policies, rows, rowsIfOpened } = new Vault(options);

  itDecides(policies, rows);
  if (options.hasKey && options.isOfOrganization) {
    itAsksWhatAwsKnows(policies, rows);
  }

  it('holds even if somebody opens bucket and key to the accounts: nobody else deletes', () => {
    expect(wrongRows(opened(policies), rowsIfOpened)).toEqual([]);
  });
});
