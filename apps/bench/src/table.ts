/** Formats a table in Markdown. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function formatNumber(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function formatDollars(dollars: number): string {
  return `$${formatNumber(dollars, 2)}`;
}

/** Formats a share with three decimals, rounded down: 0.9999 is not 1.000. */
export function formatShare(share: number): string {
  return (Math.floor(1_000 * share + 1e-9) / 1_000).toFixed(3);
}

/** Formats a duration in the largest unit that it exceeds twice. */
export function formatDuration(seconds: number): string {
  const hours = seconds / 3_600;
  if (hours >= 48) {
    return `${formatNumber(hours / 24, 1)} d`;
  }
  return hours >= 2 ? `${formatNumber(hours, 1)} h` : `${formatNumber(seconds)} s`;
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
export function replacePart(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to === -1) {
    throw new Error(`the document must contain ${start.trim()} and ${end.trim()}`);
  }
  return text.slice(0, from + start.length) + content + text.slice(to);
}
