import { renderTable } from '../../src/statements/render-table';
import type { TableArchiver, TablePeriod, VerifiedTable } from '../../src/statements/table';
import { VERIFIED_STATUSES } from '../../src/statements/verified-statuses';

const ARCHIVER: TableArchiver = {
  s3BucketName: 'archive',
  isExpected: true,
  account: '111111111111',
  region: 'eu-west-1',
  archiver: 'Archiver',
  keyPrefix: '111111111111/eu-west-1',
  status: 'COMPLETE',
  asOf: '2026-11-08T06:00:00.000Z',
  periods: [],
};

function render(...archivers: Partial<TableArchiver>[]): string {
  const table: VerifiedTable = {
    ...{ format: 1, s3BucketName: 'archive', verifiedAt: '2026-11-08T06:30:00.000Z', run: 'run-1' },
    others: [],
    archivers: archivers.map((archiver) => ({ ...ARCHIVER, ...archiver })),
  };
  return renderTable(table);
}

const period = (name: string, status: TablePeriod['status'] = 'COMPLETE'): TablePeriod => ({
  ...{ period: name, status, receipts: 1, findings: 0, verifiedAt: '2026-11-08T06:30:00.000Z' },
});

/** Returns the text of the page without its tags. */
const toText = (page: string) =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('renderTable', () => {
  it('shows the status, account, Region, archiver, last report and periods', () => {
    const text = toText(render({ periods: [period('2026-10')] }));
    expect(text).toContain('Verified 2026-11-08 06:30 UTC . Archivers by status: COMPLETE 1');
    expect(text).toContain('COMPLETE 111111111111 eu-west-1 Archiver 2026-11-08 06:00 UTC 2026-10 COMPLETE');
  });

  it('joins periods that follow each other with the same status', () => {
    const periods = [period('2026-10', 'INCOMPLETE'), period('2026-09'), period('2026-08'), period('2026-07')];
    expect(toText(render({ periods }))).toContain('2026-10 INCOMPLETE 2026-07 – 2026-09 (3) COMPLETE');
  });

  it('names the statements of tampered periods', () => {
    const periods = [{ ...period('2026-10', 'TAMPERED'), findings: 7 }];
    expect(toText(render({ status: 'TAMPERED', periods }))).toContain(
      '7 findings: s3://archive/_verified/statements/111111111111/eu-west-1/111111111111/eu-west-1/Archiver/2026-10.json',
    );
  });

  it('shows the other archives whose archivers are in the table', () => {
    const table: VerifiedTable = {
      ...{ format: 1, s3BucketName: 'archive', verifiedAt: '2026-11-08T06:30:00.000Z', run: 'run-1' },
      others: [
        { s3BucketName: 'tokyo', verifiedAt: '2026-11-08T06:00:00.000Z', isLate: false },
        { s3BucketName: 'osaka', verifiedAt: null, isLate: true },
      ],
      archivers: [],
    };
    const text = toText(renderTable(table));
    expect(text).toContain('Also archive tokyo, verified 2026-11-08 06:00 UTC Also archive osaka, has no table LATE');
  });

  it('shows an archiver that never reported', () => {
    const page = render({ status: 'MISSING', archiver: null, keyPrefix: null, asOf: null });
    expect(toText(page)).toContain('MISSING 111111111111 eu-west-1 none never none');
  });

  it('counts the archivers by status, worst first', () => {
    const text = toText(render({ status: 'EMPTY' }, { status: 'TAMPERED' }, { status: 'EMPTY' }));
    expect(text).toContain('Archivers by status: TAMPERED 1, EMPTY 2');
  });

  it('shows an archive without archivers', () => {
    expect(toText(render())).toContain('Archivers by status: none');
  });

  it('escapes names', () => {
    const page = render({ archiver: `<script>alert("1" & '2')</script>` });
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });

  it('refers to no other file', () => {
    expect(render({ periods: [period('2026-10')] })).not.toMatch(/https?:|src=|href=|@import|url\(/);
  });

  it('follows the color scheme and the width of the screen', () => {
    const page = render();
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('name="viewport" content="width=device-width, initial-scale=1"');
    expect(page).toContain('max-width: 45rem');
  });

  it.each(VERIFIED_STATUSES)('has a color for %s', (status) => {
    expect(render({ status })).toMatch(new RegExp(`<b class="(bad|warn|good|none)">${status}</b>`));
  });
});
