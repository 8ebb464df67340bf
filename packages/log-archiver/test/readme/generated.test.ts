import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawOverview } from './draw-overview';
import { printProps } from './print-props';

const ROOT = join(__dirname, '..', '..', '..', '..');
const README = join(ROOT, 'README.md');
const REPOSITORY = 'https://github.com/log-archiver/cdk-log-archiver/blob/main/';
const IMAGES = 'https://raw.githubusercontent.com/log-archiver/cdk-log-archiver/main/';

/** Lists the anchors that GitHub creates for the headings of a document, and those of its HTML. */
function listAnchors(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return [
    ...headings.map((heading) => heading.replaceAll(/[^\w\s-]/g, '').replaceAll(' ', '-')),
    ...[...text.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id),
  ];
}

it('contains in README.md the properties that UPDATE_GOLDEN=1 writes', () => {
  const text = readFileSync(README, 'utf8');
  const table = printProps('LogArchiverProps');
  const before = /(?<=<!-- props LogArchiverProps -->\n).*(?=<!-- \/props LogArchiverProps -->)/s;
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(
      README,
      text.replace(before, () => `${table}\n`),
    );
  }
  expect(before.exec(readFileSync(README, 'utf8'))?.[0]).toBe(`${table}\n`);
});

it('shows the picture that UPDATE_GOLDEN=1 draws', async () => {
  const images = await drawOverview();
  expect(images.map(({ path }) => path.slice(ROOT.length))).toEqual([
    '/docs/images/overview-light.svg',
    '/docs/images/overview-dark.svg',
  ]);
  for (const { path, svg } of images) {
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(path, svg);
    }
    expect(readFileSync(path, 'utf8')).toBe(svg);
  }
});

// npm, PyPI and Construct Hub show the README without the repository.
describe('the links of README.md', () => {
  const text = readFileSync(README, 'utf8');
  const links = [...text.matchAll(/\]\(([^)]+)\)|(?:src|srcset)="([^"]+)"/g)].map(([, link, image]) => link ?? image);

  it('are absolute, or lead to a heading of the page', () => {
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((link) => !link.startsWith('https://') && !link.startsWith('#'))).toEqual([]);
  });

  it('lead to files of the repository', () => {
    const files = links
      .filter((link) => link.startsWith(REPOSITORY) || link.startsWith(IMAGES))
      .map((link) => link.replace(REPOSITORY, '').replace(IMAGES, '').replace(/#.*/, ''));
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('lead to headings or anchors of these files', () => {
    const targets = links
      .filter((link) => link.startsWith(REPOSITORY) && link.includes('.md#'))
      .map((link) => link.replace(REPOSITORY, '').split('#'));
    expect(targets.length).toBeGreaterThan(5);
    const missing = targets.filter(([file = '', anchor = '']) => !listAnchors(join(ROOT, file)).includes(anchor));
    expect(missing).toEqual([]);
  });
});
