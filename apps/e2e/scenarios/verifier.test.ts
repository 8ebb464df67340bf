import { METADATA_PREFIX } from '@log-archiver/core';
import { BUCKET, getSummary, Organization, REGION, synthesizeOrganization } from './verified-organization';

const [COMPLETE, TAMPERED, INCOMPLETE, LOSS, STALE, EMPTY, MISSING] = [
  ...['111111111111', '222222222222', '333333333333', '444444444444'],
  ...['555555555555', '666666666666', '777777777777'],
] as [string, string, string, string, string, string, string];

const STACKS = synthesizeOrganization([COMPLETE, TAMPERED, INCOMPLETE, LOSS, STALE, EMPTY, MISSING]);

interface Table {
  archivers: { account: string; status: string; periods: { period: string; status: string; findings: number }[] }[];
}

const readTable = (organization: Organization) => organization.readJson<Table>('_verified/table.json').archivers;

it('verifies an archive that is complete', async () => {
  const organization = new Organization(synthesizeOrganization([COMPLETE]), '2026-10-31T12:00:00Z');
  const workload = await organization.addAccount(COMPLETE);
  await workload.createLogGroup();
  await workload.putEvent('2026-10-31T12:00:00.000Z');
  await workload.aws.clock.moveTo('2026-11-07T03:00:00Z');
  expect(await workload.archive()).toBe('SUCCEEDED');
  const { result, messages } = await organization.verify('2026-11-08T06:00:00Z');
  expect(result).toMatchObject({ status: 'SUCCEEDED' });
  expect(getSummary(result)).toMatchObject({ status: 'VERIFIED', atFault: 0, archivers: { COMPLETE: 1 } });
  expect(messages).toEqual([]);
  console.log(JSON.stringify(readTable(organization)), organization.listKeys('_verified/'), METADATA_PREFIX, BUCKET, REGION);
});
void [TAMPERED, INCOMPLETE, LOSS, STALE, EMPTY, MISSING, STACKS];
