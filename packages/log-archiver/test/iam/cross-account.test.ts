import { Access } from '@log-archiver/local-aws';
import { itDecides } from './table';
import { opened, VAULTS, Vault } from './vault';

describe.each(VAULTS)('of %s and the accounts that archive there, AWS', (_, options) => {
  const vault = new Vault(options);

  itDecides(new Access(...vault.policies), vault.rows);

  describe('if somebody has opened it,', () => {
    itDecides(new Access(...opened(vault.policies)), vault.rowsIfOpened);
  });
});
