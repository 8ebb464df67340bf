import { type Period, parseReceiptName, receiptName, receiptsPrefix } from '@log-archiver/core';
import type { FoundLogGroup } from '../log-group';
import type { Run } from '../run';
import type { ScanPosition } from '../scan-position';
import { decide } from './eligibility';
import type { Gate } from './page-builder';

/** A function has 15 minutes; what is left is for the next page. */
const MAX_DURATION = 5 * 60_000;
/** So that a page, and all pages of a run, fit into memory. */
const MAX_REPORTED = 10_000;

/** Goes through periods and log groups from a position, until the page is full, or it has taken long enough; answers how far it got. */
export async function scan(from: ScanPosition, gate: Gate, run: Run): Promise<ScanPosition> {
  const { periods, logGroupFiles } = run.start;
  let position = from;
  for (let period = periods[position.period]; period; period = periods[position.period]) {
    const file = logGroupFiles[position.file];
    if (file === undefined) {
      position = { period: position.period + 1, file: 0, offset: 0 };
      continue;
    }
    const logGroups = (await run.files.readLogGroups(file)).slice(position.offset);
    const passed = await scanFile(logGroups, period, gate, run);
    if (passed < logGroups.length) {
      return { ...position, offset: position.offset + passed };
    }
    position = { period: position.period, file: position.file + 1, offset: 0 };
    if (run.services.now() - run.now > MAX_DURATION || gate.reported.length >= MAX_REPORTED) {
      break;
    }
  }
  return position;
}

/** Answers how many of the log groups are decided. */
async function scanFile(logGroups: FoundLogGroup[], period: Period, gate: Gate, run: Run): Promise<number> {
  const { parameters, execution } = run.request;
  const { force } = run.order;
  const names = logGroups.map((logGroup) => receiptName(logGroup));
  const receipts = await findReceipts(period, names, run);
  // By force a task of an earlier run is not taken for this one's.
  const adoptAfter = force ? Date.parse(execution.startedAt) : null;
  for (const [index, logGroup] of logGroups.entries()) {
    const hasReceipt = receipts.has(names[index] as string);
    const decision = decide(logGroup, period, { parameters, hasReceipt, now: run.now, force, adoptAfter });
    if ('reported' in decision) {
      gate.reported.push(decision.reported);
    } else if (!gate.pass(decision.item, logGroup.details?.storedBytes ?? null)) {
      return index;
    }
  }
  return logGroups.length;
}

/** The names, of those given in order, that have a receipt for the period. */
async function findReceipts(period: Period, names: string[], { request, files }: Run): Promise<Set<string>> {
  const [first = '', last = ''] = [names.at(0), names.at(-1)];
  const prefix = receiptsPrefix(request.parameters, period.name);
  const found = new Set<string>();
  for await (const key of files.objects.keys(prefix, `${prefix}${first}`)) {
    const name = parseReceiptName(key);
    if (name > last) {
      break;
    }
    found.add(name);
  }
  return found;
}
