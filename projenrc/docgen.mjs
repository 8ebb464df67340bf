// Writes the reference of a package's API from its jsii assembly.
//
// usage: node docgen.mjs PACKAGE OUTPUT
//
// The command `jsii-docgen` would install the package from the registry, because the workspaces share one `node_modules`.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Documentation, Language } from 'jsii-docgen';

const [folder, output] = process.argv.slice(2);
const documentation = await Documentation.forProject(resolve(folder), {
  assembliesDir: resolve(import.meta.dirname, '..', 'node_modules'),
});
try {
  const markdown = await documentation.toMarkdown({ language: Language.TYPESCRIPT, readme: false });
  writeFileSync(output, `${markdown.render().trimEnd()}\n`);
} finally {
  await documentation.cleanup();
}
