import { itDecides, wrongRows } from './table';
import { opened, VAULTS, Vault } from './vault';

describe.each(VAULTS)('of %s and the accounts that archive there, AWS', (_, options) => {
  const { policies, rows, rowsIfOpened } = new Vault(options);

  itDecides(policies, rows);

  it('lets nobody else delete, even if somebody opens the bucket to its accounts', () => {
    expect(wrongRows(opened(policies), rowsIfOpened)).toEqual([]);
    expect(rowsIfOpened).toHaveLength(16);
  });
});
