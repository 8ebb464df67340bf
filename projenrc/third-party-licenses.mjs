// Writes the licences of the packages of which bundles contain code.
//
// usage: node third-party-licenses.mjs OUTPUT METAFILE…
//
// A metafile is written by esbuild into a folder of the workspace that it bundles. Its paths are relative to the workspace.
// Fails if a licence is unknown or not permissive, or if a package has no licence text.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
/** This repository has the same licence. Unlike other texts, that of Apache names no copyright holder. */
const APACHE = join(import.meta.dirname, '..', 'LICENSE');

const [output, ...metafiles] = process.argv.slice(2);
const packages = [...new Set(metafiles.flatMap(listFolders))].map(describe).sort(byName);
const texts = groupByText(packages);
const sections = [...texts].map(([text, users]) => [...users.map(({ title }) => title), '', text.trim()].join('\n'));
writeFileSync(
  output,
  `${['This package contains code of the packages below.', ...sections].join(`\n\n${'='.repeat(80)}\n\n`)}\n`,
);

/** Returns the folders of the packages of which the bundle of a metafile contains code. */
function listFolders(metafile) {
  const workspace = join(dirname(metafile), '..');
  const { outputs } = JSON.parse(readFileSync(metafile, 'utf8'));
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? [])
    .map((folder) => join(workspace, folder));
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!PERMISSIVE.includes(license)) {
    throw new Error(`the licence of ${name} must be one of ${PERMISSIVE.join(', ')}, got ${JSON.stringify(license)}`);
  }
  const readAll = (pattern) =>
    readdirSync(folder)
      .filter((file) => pattern.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  let licences = readAll(/^(licen[cs]e|copying)/i);
  if (licences.length === 0) {
    if (license !== 'Apache-2.0') {
      throw new Error(`${name} ${version} must have a file with its licence, ${license}, got none`);
    }
    licences = [readFileSync(APACHE, 'utf8')];
  }
  return { name, title: `${name} ${version} (${license})`, text: [...licences, ...readAll(/^notice/i)].join('\n\n') };
}

function byName(one, other) {
  return one.name < other.name ? -1 : 1;
}

function groupByText(list) {
  const groups = new Map();
  for (const item of list) {
    groups.set(item.text, [...(groups.get(item.text) ?? []), item]);
  }
  return groups;
}
