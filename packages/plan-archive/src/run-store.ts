import { createHash } from 'node:crypto';
import { JsonStore, type S3Access } from '@log-archiver/aws-clients/json-store';
import {
  type ArchiveItem,
  type ArchiveReport,
  type ArchiveWarning,
  type OrphanedTask,
  type Period,
  type ReportEntry,
  type RunContext,
  runPrefix,
  type SlotHolder,
} from '@log-archiver/core';
import type { FoundLogGroup } from './log-group';

const LOG_GROUPS_PER_FILE = 500;

/** Log groups and a period that are planned together. Persisted. */
export interface Block {
  period: Period;
  /** Keys of the files that list the log groups. */
  logGroupFiles: string[];
}

/** Periods and log groups of a run, as found when it started. Persisted. */
export interface StartedRun {
  /** Oldest first. */
  periods: Period[];
  /** Every log group with every period, in the order of planning. */
  blocks: Block[];
  /** Keys of all files that list log groups. */
  logGroupFiles: string[];
  /** Warnings that apply, also those that an earlier run has reported. */
  warnings: ArchiveWarning[];
  /** Secret in the names of the export tasks. */
  taskSecret: string;
}

/** Position in the blocks of a run: everything before it is planned. Persisted. */
export interface Cursor {
  /** Index of the block. After the last block, nothing is left. */
  block: number;
  /** Index of the file of log groups. */
  file: number;
  /** Index in the file. */
  offset: number;
}

/** An item that is not on a page yet. Its page sets the name of the task, and the deadline for the slot. */
export type PlannedItem = Omit<ArchiveItem, 'taskName' | 'slotDeadline'>;

/** A page, and everything that was found out since the page before it. Persisted. */
export interface PlannedPage {
  number: number;
  next: 'ARCHIVE' | 'PLAN' | 'REPORT';
  plannedAt: number;
  items: ArchiveItem[];
  /** Second attempts and parts for which this page has no room. */
  again: PlannedItem[];
  position: Cursor;
  reported: ReportEntry[];
  leftovers: OrphanedTask[];
  /** Time for which foreign tasks have held the export slot since the run started. */
  heldMilliseconds: number;
  /** Time for which tasks of archivers have used the export slot since the run started. */
  usedMilliseconds: number;
  slotHolders: SlotHolder[];
}

/**
 * The objects that a run writes about itself, below `runs/` of the bucket.
 *
 * Each is written once, so that a repeated invocation repeats its decisions.
 */
export class RunStore {
  private readonly objects: JsonStore;
  private readonly prefix: string;
  private readonly logGroups = new Map<string, Promise<FoundLogGroup[]>>();

  constructor(access: S3Access, { parameters, execution }: RunContext) {
    this.objects = new JsonStore(access, parameters.s3BucketName);
    this.prefix = runPrefix(parameters, execution);
  }

  public get reportKey(): string {
    return `${this.prefix}report.json`;
  }

  /**
   * Writes lists of log groups, and returns the keys of the files of each list.
   *
   * The files are named by their content, so those of a crashed invocation do no harm.
   */
  public async writeLogGroups(lists: FoundLogGroup[][]): Promise<string[][]> {
    const files: string[][] = [];
    for (const logGroups of lists) {
      const ofList: string[] = [];
      for (let first = 0; first < logGroups.length; first += LOG_GROUPS_PER_FILE) {
        const content = logGroups.slice(first, first + LOG_GROUPS_PER_FILE);
        const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
        const key = `${this.prefix}log-groups/${formatNumber(files.flat().length + ofList.length + 1)}-${hash}.json`;
        await this.objects.writeOnce(key, content);
        ofList.push(key);
      }
      files.push(ofList);
    }
    return files;
  }

  /** Writes what the run archives, unless an earlier invocation has. */
  public async writeRunOnce(run: StartedRun): Promise<void> {
    await this.objects.writeOnce(`${this.prefix}run.json`, run);
  }

  public readRun(): Promise<StartedRun> {
    return this.objects.read(`${this.prefix}run.json`);
  }

  /** Reads one of the run's `logGroupFiles`, only once. */
  public readLogGroups(file: string): Promise<FoundLogGroup[]> {
    const logGroups = this.logGroups.get(file) ?? this.objects.read<FoundLogGroup[]>(file);
    this.logGroups.set(file, logGroups);
    return logGroups;
  }

  /** Reads all log groups of the run. */
  public async readAllLogGroups({ logGroupFiles }: Pick<StartedRun, 'logGroupFiles'>): Promise<FoundLogGroup[]> {
    const logGroups: FoundLogGroup[] = [];
    for (const file of logGroupFiles) {
      logGroups.push(...(await this.readLogGroups(file)));
    }
    return logGroups;
  }

  public readPage(number: number): Promise<PlannedPage> {
    return this.objects.read(this.pageKey(number));
  }

  /** Writes a page unless it exists, and returns the stored page. */
  public writePageOnce(page: PlannedPage): Promise<PlannedPage> {
    return this.objects.writeOnce(this.pageKey(page.number), page);
  }

  /** Writes the report unless it exists, and returns the stored report. */
  public writeReportOnce(report: ArchiveReport): Promise<ArchiveReport> {
    return this.objects.writeOnce(this.reportKey, report);
  }

  private pageKey(number: number): string {
    return `${this.prefix}pages/${formatNumber(number)}.json`;
  }
}

/** Formats a number so that keys sort like their numbers. */
function formatNumber(number: number): string {
  return String(number).padStart(5, '0');
}
