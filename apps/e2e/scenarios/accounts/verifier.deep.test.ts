import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { type ArchiveReceipt, DAY_MS, type Finding, sha256, TABLE_KEY, TABLE_PAGE_KEY } from '@log-archiver/core';
import { requiresEvaluator } from '@log-archiver/local-aws';
import { BUCKET, Organization, REGION, synthesizeOrganization, type Workload } from './verified-organization';

const [COMPLETE, TAMPERED, INCOMPLETE, LOSS, STALE, EMPTY, MISSING] = [
  ...['111111111111', '222222222222', '333333333333', '444444444444'],
  ...['555555555555', '666666666666', '777777777777'],
] as [string, string, string, string, string, string, string];

interface Table {
  archivers: { account: string; status: string; periods: { period: string; status: string; findings: number }[] }[];
}

const readStatuses = (organization: Organization) =>
  organization.readJson<Table>(TABLE_KEY).archivers.map(({ account, status }) => [account, status]);

/** Reads the commands in the runbook that verify a signature. */
function readSignatureCommands(): string[] {
  const runbook = readFileSync(join(__dirname, '../../../../docs/runbook.md'), 'utf8');
  const [block = ''] = runbook.match(/(?<=```sh\n)[^`]*openssl dgst[^`]*/) ?? [];
  return block.trim().split('\n');
}

function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version']).status === 0;
}

requiresEvaluator(describe)('the verifier of an organization', () => {
  let organization: Organization;
  let first: Awaited<ReturnType<Organization['verify']>>;

  beforeAll(async () => {
    const accounts = [COMPLETE, TAMPERED, INCOMPLETE, LOSS, STALE, EMPTY, MISSING];
    organization = new Organization(synthesizeOrganization(accounts), '2026-10-20T12:00:00Z');
    const { clock } = organization.logArchive;
    const workloads = new Map<string, Workload>();
    for (const account of [COMPLETE, TAMPERED, INCOMPLETE, LOSS, STALE, EMPTY]) {
      const workload = await organization.addAccount(account);
      workloads.set(account, workload);
      if (account !== EMPTY) {
        await workload.createLogGroup();
        await workload.putEvent('2026-10-20T12:00:00.000Z');
      }
    }
    workloads.get(LOSS)?.aws.logs.call('PutRetentionPolicy', { logGroupName: '/app', retentionInDays: 7 });
    workloads.get(INCOMPLETE)?.failExports();
    await clock.moveTo('2026-11-02T03:00:00Z');
    await workloads.get(STALE)?.archive();
    await clock.moveTo('2026-11-06T03:00:00Z');
    for (const account of [COMPLETE, TAMPERED, INCOMPLETE, LOSS, EMPTY]) {
      await workloads.get(account)?.archive();
    }
    const [key = ''] = organization
      .listKeys(`${TAMPERED}/${REGION}/2026/10/app/`)
      .filter((each) => each.endsWith('.gz'));
    organization.put(key, Buffer.alloc(organization.read(key).length));
    first = await organization.verify('2026-11-08T06:00:00Z');
  });

  it('writes a table with each status, worst first', () => {
    expect(readStatuses(organization)).toEqual([
      [TAMPERED, 'TAMPERED'],
      [MISSING, 'MISSING'],
      [INCOMPLETE, 'INCOMPLETE'],
      [STALE, 'STALE'],
      [LOSS, 'COMPLETE_WITH_LOSS'],
      [COMPLETE, 'COMPLETE'],
      [EMPTY, 'EMPTY'],
    ]);
  });

  it('fails the run, and publishes one message about all archivers at fault', () => {
    expect(first.result).toMatchObject({
      ...{ status: 'FAILED', error: 'ArchiveNotVerified' },
      cause: expect.stringMatching(/^4 archivers are at fault\. TAMPERED 222222222222 ap-northeast-1 /),
    });
    expect(first.subjects).toEqual([`LogArchiver: 4 faults in ${BUCKET}`]);
    expect(first.messages[0]).toMatch(
      /TAMPERED 222.*: 2026-10 \(1 finding\)\.\nMISSING 777.*\nINCOMPLETE 333.*\nSTALE 555/,
    );
  });

  it('sets its alarm', async () => {
    expect(await organization.listAlarms()).toEqual([expect.stringMatching('VerifierAlarm')]);
  });

  it('writes the table also as a page', () => {
    const page = organization.read(TABLE_PAGE_KEY).toString();
    expect(page).toContain('Archivers by status: <b class="bad">TAMPERED</b> 1, <b class="bad">MISSING</b> 1,');
  });

  describe('signs the table, which', () => {
    let folder: string;
    let publicKey: Buffer;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'log-archiver-signature-'));
      const kms = new KMSClient(organization.logArchive.clientConfig);
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: organization.signingKey }));
      publicKey = Buffer.from(PublicKey as Uint8Array);
      writeFileSync(join(folder, 'key.der'), publicKey);
      for (const file of ['table.json', 'table.json.sig']) {
        writeFileSync(join(folder, file), organization.read(`_verified/${file}`));
      }
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const changedTable = () => Buffer.from(organization.read(TABLE_KEY).toString().replace('TAMPERED', 'COMPLETE'));

    it('has the signature of the key', () => {
      const key = createPublicKey({ key: publicKey, type: 'spki', format: 'der' });
      const signature = organization.read(`${TABLE_KEY}.sig`);
      expect(verify('sha256', organization.read(TABLE_KEY), key, signature)).toBe(true);
      expect(verify('sha256', changedTable(), key, signature)).toBe(false);
    });

    const itIfInstalled = hasOpenssl() ? it : it.skip; // The gate needs only Node and npm.

    itIfInstalled('openssl verifies with the commands of the runbook', () => {
      // The first command asks AWS for the key.
      const [, ...commands] = readSignatureCommands();
      expect(commands).toHaveLength(2);
      const run = () => spawnSync('sh', ['-ec', commands.join('\n')], { cwd: folder, encoding: 'utf8' });
      expect(run()).toMatchObject({ status: 0, stdout: 'Verified OK\n' });
      writeFileSync(join(folder, 'table.json'), changedTable());
      expect(run()).toMatchObject({ status: 1, stdout: 'Verification failure\n' });
    });
  });
});

requiresEvaluator(describe)('a verified archive of two months', () => {
  let organization: Organization;
  let now = Date.parse('2026-11-08T06:00:00Z');

  /** Verifies a day later. Returns the findings by period. */
  async function verifyAgain(): Promise<[period: string, type: string][]> {
    now += DAY_MS;
    await organization.verify(new Date(now).toISOString());
    return organization
      .listKeys('_verified/statements/')
      .filter((key) => key.endsWith('.json'))
      .map((key) => organization.readJson<{ period: string; firstFindings: Finding[] }>(key))
      .flatMap(({ period, firstFindings }) => firstFindings.map(({ type }): [string, string] => [period, type]));
  }

  const findObject = () =>
    organization.listKeys(`${COMPLETE}/${REGION}/2026/10/app/`).find((key) => key.endsWith('.gz')) as string;
  const findReceipt = (period: string) =>
    organization
      .listKeys(`${COMPLETE}/${REGION}/_log-archiver/receipts/`)
      .find((key) => key.includes(period)) as string;

  /** Replaces the digest of a task with another one. */
  function changeDigest(key: string) {
    const receipt = organization.readJson<ArchiveReceipt>(key);
    const tasks = receipt.tasks.map((task) => ({ ...task, digest: sha256('another') }));
    organization.put(key, `${JSON.stringify({ ...receipt, tasks }, null, 2)}\n`);
  }

  beforeAll(async () => {
    organization = new Organization(synthesizeOrganization([COMPLETE]), '2026-09-30T12:00:00Z');
    const workload = await organization.addAccount(COMPLETE);
    const { clock } = organization.logArchive;
    await workload.createLogGroup();
    await workload.putEvent('2026-09-30T12:00:00.000Z');
    await clock.moveTo('2026-10-02T03:00:00Z');
    await workload.archive();
    await clock.moveTo('2026-10-31T12:00:00Z');
    await workload.putEvent('2026-10-31T12:00:00.000Z');
    await clock.moveTo('2026-11-02T03:00:00Z');
    await workload.archive();
  });

  it('has no findings', async () => {
    expect(await verifyAgain()).toEqual([]);
  });

  it.each<[string, () => void, [string, string][]]>([
    ['an object is removed', () => organization.remove(findObject()), [['2026-10', 'ObjectsMissing']]],
    ['an object is added', () => organization.put(`${findObject()}.gz`, 'more'), [['2026-10', 'ObjectsAdded']]],
    [
      'an object is replaced by one of the same size',
      () => organization.put(findObject(), Buffer.alloc(organization.read(findObject()).length)),
      [['2026-10', 'ObjectsReplaced']],
    ],
    [
      'a receipt has a wrong digest',
      () => changeDigest(findReceipt('2026-10')),
      [
        ['2026-10', 'ReceiptReplaced'],
        ['2026-10', 'ObjectsReplaced'],
      ],
    ],
    [
      'an older receipt is copied over a newer one',
      () => organization.put(findReceipt('2026-10'), organization.read(findReceipt('2026-09'))),
      [
        ['2026-10', 'ReceiptReplaced'],
        ['2026-10', 'ReceiptInvalid'],
      ],
    ],
    [
      'a receipt is removed from the chain',
      () => organization.remove(findReceipt('2026-09')),
      [
        ['2026-09', 'ReceiptMissing'],
        ['2026-10', 'PreviousMissing'],
      ],
    ],
  ])('has findings if %s', async (_name, change, findings) => {
    const copy = organization.copyArchive();
    change();
    const found = await verifyAgain();
    organization.restoreArchive(copy);
    expect(found).toEqual(findings);
    expect(readStatuses(organization)).toEqual([[COMPLETE, 'TAMPERED']]);
  });
});
