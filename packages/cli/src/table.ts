import Table from 'cli-table3';

/** Formats rows as a table. Columns of numbers are aligned to the right. */
export function formatTable(head: readonly string[], rows: readonly (string | number)[][]): string {
  const isNumber = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  const table = new Table({
    head: [...head],
    colAligns: isNumber.map((isRight) => (isRight ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
}
