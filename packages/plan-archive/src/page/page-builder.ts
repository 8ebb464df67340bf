import type { ArchiveItem, ReportEntry } from '@log-archiver/core';
import { reportItem } from '../report-entry';
import type { PageRoom } from './page-room';

/** Why nothing is exported any more, or at all; `null`: it is. */
export type Closed = 'DRY_RUN' | 'RunFull' | 'ExportSlotUnavailable' | null;

/** What is to be exported passes here: it gets onto the page, or is reported, or waits for the next page. */
export class Gate {
  public readonly items: ArchiveItem[] = [];
  public readonly reported: ReportEntry[] = [];

  constructor(
    private readonly closed: Closed,
    private readonly room: PageRoom,
    private readonly slotDeadline: number,
  ) {}

  /** `false`: there is no room for it on this page. */
  public pass(item: ArchiveItem, storedBytes: number | null): boolean {
    if (this.closed !== null) {
      this.reported.push({ ...reportItem(item, endingOf(item, this.closed)), storedBytes });
      return true;
    }
    const hasRoom = this.room.take(item);
    if (hasRoom) {
      this.items.push({ ...item, slotDeadline: this.slotDeadline });
    }
    return hasRoom;
  }

  /** Answers those for which there is no room on this page. */
  public passAll(items: ArchiveItem[]): ArchiveItem[] {
    const first = items.findIndex((item) => !this.pass(item, null));
    return first === -1 ? [] : items.slice(first);
  }
}

function endingOf({ destinationPrefix }: ArchiveItem, closed: Exclude<Closed, null>) {
  return closed === 'DRY_RUN'
    ? { status: 'PLANNED' as const, error: null, destinationPrefix }
    : { status: 'FAILED' as const, error: closed };
}
