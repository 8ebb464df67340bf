import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..', '..');
const ENGLISH = readFileSync(join(ROOT, 'README.md'), 'utf8');
const JAPANESE = readFileSync(join(ROOT, 'README.ja.md'), 'utf8');

/** The section that only the Japanese page has: retention for 1, 7 and 10 years. */
const ONLY_JAPANESE = '### 保持期間: 1 年、7 年、10 年';
const [before, after] = JAPANESE.split(ONLY_JAPANESE);
const COMMON = `${before}${after.slice(after.indexOf('\n### '))}`;
/** The table that the Japanese page refers to, and the links between both pages. */
const NAG_TABLE = /<!-- cdk-nag -->.*<!-- \/cdk-nag -->/s;
const OTHER_LANGUAGE = /README(\.ja)?\.md/;

const listHeadings = (text: string) => text.match(/^#{1,6} /gm);
const listCode = (text: string) => text.match(/^```.*?^```$/gms);
const listLinks = (text: string) =>
  [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link).filter((link) => !OTHER_LANGUAGE.test(link));
/** Returns the rows of all tables, each with its numbers from 10 and its code: smaller ones can be words. */
const listRows = (text: string) =>
  (text.replace(NAG_TABLE, '').match(/^\|.*\|$/gm) ?? []).map((row) => ({
    numbers: (row.match(/\d[\d,.]*\d/g) ?? []).sort(),
    code: (row.match(/`[^`]+`/g) ?? []).sort(),
  }));

describe('README.ja.md', () => {
  it('has the headings of README.md, and one of its own', () => {
    expect(listHeadings(COMMON)).toEqual(listHeadings(ENGLISH));
  });

  it('has the code and commands of README.md', () => {
    expect(listCode(COMMON)).toEqual(listCode(ENGLISH));
  });

  it('has the links of README.md', () => {
    expect(listLinks(COMMON).sort()).toEqual(listLinks(ENGLISH).sort());
  });

  it('has the numbers and the code of each row of the tables of README.md', () => {
    expect(listRows(COMMON)).toEqual(listRows(ENGLISH));
  });
});
