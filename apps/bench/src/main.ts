import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, program } from 'commander';
import { LARGE_COLUMNS, SMALL_COLUMNS, TEN_THOUSAND } from './columns';
import { formatLargeParts, formatParts, renderPictures } from './document';
import { measureDailyRuns, measurePlans } from './growth/growth';
import { synthesizeArchiver } from './ours';
import { type ColumnResults, runColumn, runDelayed } from './run-columns';
import { measureAllStartUps } from './start-up/start-up';
import { replacePart } from './table';

const DOCS = join(__dirname, '..', '..', '..', 'docs');
const DOCUMENT = join(DOCS, 'benchmarks.md');

interface Options {
  /** Whether `large` also measures 10,000 log groups. */
  readonly tenThousand?: boolean;
}

/** Measurements by name. Each returns generated parts of the document. */
const MEASUREMENTS = {
  slot: measureSlot,
  large: measureLarge,
  'start-up': measureAllStartUps,
  plan: measurePlans,
  'daily-run': measureDailyRuns,
} satisfies Record<string, (options: Options) => Promise<Record<string, string>>>;

type Measurement = keyof typeof MEASUREMENTS;

program
  .name('npm run bench --')
  .description('Measures the archiver, and writes the numbers into docs/benchmarks.md.')
  .addArgument(
    new Argument('[measurements...]', 'what to measure').choices(Object.keys(MEASUREMENTS)).default(['slot']),
  )
  .option('--ten-thousand', 'let large measure 10,000 log groups too, for a quarter of an hour')
  .action(async (measurements: Measurement[], options: Options) => {
    for (const measurement of measurements) {
      writeParts(await MEASUREMENTS[measurement](options));
    }
  });

program.parseAsync().catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});

function writeParts(parts: Record<string, string>) {
  let text = readFileSync(DOCUMENT, 'utf8');
  for (const [name, content] of Object.entries(parts)) {
    console.log(`\n${name}\n\n${content}`);
    text = replacePart(text, name, content);
  }
  writeFileSync(DOCUMENT, text);
  console.error(`\nwrote ${DOCUMENT}`);
}

/** Measures the use of the export slot and the cost of a run, and draws the pictures. */
async function measureSlot(): Promise<Record<string, string>> {
  const synthesized = synthesizeArchiver();
  const results = [];
  for (const column of SMALL_COLUMNS) {
    console.error(`running: ${column.title}`);
    results.push(await runDelayed(synthesized, column));
  }
  for (const [name, svg] of Object.entries(renderPictures(results))) {
    writeFileSync(join(DOCS, 'images', name), svg);
  }
  return formatParts(results);
}

/** Measures the columns with many log groups. */
async function measureLarge({ tenThousand = false }: Options): Promise<Record<string, string>> {
  const synthesized = synthesizeArchiver();
  const results: ColumnResults[] = [];
  for (const column of [...LARGE_COLUMNS, ...(tenThousand ? [TEN_THOUSAND] : [])]) {
    console.error(`running: ${column.title}`);
    results.push(await runColumn(synthesized, column));
  }
  return formatLargeParts(results);
}
