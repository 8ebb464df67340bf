import type { Finding } from '../../src/private/nag/findings';

/** Prints findings as a table. */
export function printTable(findings: Finding[], subject: string): string {
  const printId = (id: string) => `\`${insertValues(id, PRINTED_VALUES)}\``;
  const cases = findings.map(({ paths, ids, reason, onlyFor }) => {
    const why = onlyFor === undefined ? reason : `With ${onlyFor}: ${reason}`;
    return `| ${ids.map(printId).join('<br>')} | ${paths.map((path) => `\`${path}\``).join('<br>')} | ${why} |`;
  });
  return [`| finding | path below the ${subject} | reason |`, '| --- | --- | --- |', ...cases].join('\n');
}

/** Values for a reader, where archivers differ. */
const PRINTED_VALUES = {
  executions: 'EXECUTIONS',
  logGroup: 'LOG_GROUP:*',
  objects: 'BUCKET/',
  keys: 'arn:…:key/*',
  metadata: 'BUCKET/_log-archiver',
  verified: 'BUCKET/_verified',
};

export function insertValues(id: string, values: Record<string, string>): string {
  return id.replace(/\$\{(\w+)\}/g, (_, name) => values[name] ?? name);
}
