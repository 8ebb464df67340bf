import { createHash } from 'node:crypto';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { JsonStore } from '@log-archiver/aws-clients/json-store';
import {
  type ArchiveItem,
  type OrphanedTask,
  type Period,
  type PlanArchiveRequest,
  type ReportEntry,
  runPrefix,
  type SlotHolder,
} from '@log-archiver/core';
import type { FoundLogGroup } from './log-group';
import type { ScanPosition } from './scan-position';

const LOG_GROUPS_A_FILE = 500;

/** What a run archives, as it was found when it started. */
export interface RunStart {
  periods: Period[];
  /** The keys of the files that have the log groups. */
  logGroupFiles: string[];
}

/** What was planned at once, and what had become known since the page before. */
export interface PlannedPage {
  number: number;
  next: 'ARCHIVE' | 'REPORT';
  plannedAt: number;
  items: ArchiveItem[];
  /** What is to be tried again, or in parts, and had no room among the items. */
  again: ArchiveItem[];
  position: ScanPosition;
  reported: ReportEntry[];
  leftovers: OrphanedTask[];
  /** For how long of the run others have held the export slot. */
  heldMilliseconds: number;
  slotHolders: SlotHolder[];
}

/** What a run keeps in the bucket: every file is written once, so that a retried invocation decides nothing twice. */
export class RunFiles {
  public readonly objects: JsonStore;
  private readonly prefix: string;
  private readonly logGroups = new Map<string, Promise<FoundLogGroup[]>>();

  constructor({ parameters, execution }: PlanArchiveRequest, services: Clients) {
    this.objects = new JsonStore(services, parameters.s3BucketName);
    this.prefix = runPrefix(parameters, execution);
  }

  public get reportKey(): string {
    return `${this.prefix}report.json`;
  }

  /** The files of log groups are named by what is in them: those of an invocation that died half-way are in nobody's way. */
  public async start(periods: Period[], logGroups: FoundLogGroup[]): Promise<void> {
    const logGroupFiles: string[] = [];
    for (let first = 0; first < logGroups.length; first += LOG_GROUPS_A_FILE) {
      const content = logGroups.slice(first, first + LOG_GROUPS_A_FILE);
      const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
      const key = `${this.prefix}log-groups/${fiveDigits(logGroupFiles.length + 1)}-${hash}.json`;
      await this.objects.writeOnce(key, content);
      logGroupFiles.push(key);
    }
    await this.objects.writeOnce<RunStart>(`${this.prefix}run.json`, { periods, logGroupFiles });
  }

  public readStart(): Promise<RunStart> {
    return this.objects.read(`${this.prefix}run.json`);
  }

  public readLogGroups(key: string): Promise<FoundLogGroup[]> {
    const logGroups = this.logGroups.get(key) ?? this.objects.read<FoundLogGroup[]>(key);
    this.logGroups.set(key, logGroups);
    return logGroups;
  }

  /** A log group as the run found it when it started. */
  public async findLogGroup(name: string, { logGroupFiles }: RunStart): Promise<FoundLogGroup | undefined> {
    for (const key of logGroupFiles) {
      const found = (await this.readLogGroups(key)).find(({ logGroupName }) => logGroupName === name);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  public readPage(number: number): Promise<PlannedPage> {
    return this.objects.read(this.pageKey(number));
  }

  /** Answers the page as it was first written. */
  public writePage(page: PlannedPage): Promise<PlannedPage> {
    return this.objects.writeOnce(this.pageKey(page.number), page);
  }

  private pageKey(number: number): string {
    return `${this.prefix}pages/${fiveDigits(number)}.json`;
  }
}

function fiveDigits(number: number): string {
  return String(number).padStart(5, '0');
}
