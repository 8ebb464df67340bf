import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';

const IMAGES = join(__dirname, '..', '..', '..', '..', 'docs', 'images');

/** Colors of GitHub's pages. */
const THEMES = {
  light: { text: '#1f2328', line: '#6e7781', box: '#f6f8fa', store: '#ddf4ff' },
  dark: { text: '#e6edf3', line: '#8b949e', box: '#161b22', store: '#0c2d6b' },
};

export interface Image {
  readonly path: string;
  readonly svg: string;
}

/** Draws the picture of the README from its source, once for each theme. */
export async function drawOverview(): Promise<Image[]> {
  const graphviz = await instance();
  const source = readFileSync(join(IMAGES, 'overview.dot'), 'utf8');
  return Object.entries(THEMES).map(([theme, colors]) => ({
    path: join(IMAGES, `overview-${theme}.svg`),
    svg: graphviz.renderString(
      source.replace(/\$(\w+)/g, (_, name: keyof typeof colors) => colors[name]),
      { format: 'svg' },
    ),
  }));
}
