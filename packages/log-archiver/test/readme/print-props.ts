import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface JsiiType {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly elementtype: JsiiType };
}

interface JsiiProperty {
  readonly name: string;
  readonly type: JsiiType;
  readonly docs: { readonly summary: string; readonly default?: string };
}

const ASSEMBLY = join(__dirname, '..', '..', '.jsii');

/** Prints the properties of an interface as a table, from the assembly that jsii has compiled. */
export function printProps(name: string): string {
  const { types } = JSON.parse(readFileSync(ASSEMBLY, 'utf8'));
  const properties: JsiiProperty[] = types[`cdk-log-archiver.${name}`].properties;
  const rows = properties.map(
    ({ name: property, type, docs }) =>
      `| \`${property}\` | \`${formatType(type)}\` | ${formatDefault(docs.default)} | ${toCell(docs.summary)} |`,
  );
  return ['| property | type | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function formatType({ fqn, primitive, collection }: JsiiType): string {
  return collection ? `${formatType(collection.elementtype)}[]` : (fqn?.split('.').pop() ?? String(primitive));
}

/** Formats a default: a value as code, and a description, which starts with a dash, as text. */
function formatDefault(text = 'required'): string {
  return text.startsWith('- ') || text === 'required' ? toCell(text.replace(/^- /, '')) : `\`${text}\``;
}

function toCell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
}
