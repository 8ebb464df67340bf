import { writeFileSync } from 'node:fs';
import { toIsoTime } from '@log-archiver/core';
import type { ManualTrial, TrialAnswer, TrialItem, TrialResult } from './trial';
import type { TrialAccount } from './trial-account';

/** File of the results. Its fields are documented in the README. */
interface ResultsFile {
  readonly format: 1;
  readonly version: string;
  readonly region: string;
  readonly endpointUrl: string | null;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. `null`: the command was interrupted, or is still running. */
  readonly finishedAt: string | null;
  readonly trials: readonly TrialResult[];
}

/** Account ID in place of the real one. */
const MASKED_ACCOUNT = '000000000000';
const MASKED_CALLER = `arn:aws:iam::${MASKED_ACCOUNT}:user/masked`;

/** Results of the trials so far, in a file that is complete after each of them. */
export class Results {
  private readonly results: TrialResult[] = [];
  private finishedAt: string | null = null;

  constructor(
    private readonly path: string,
    private readonly account: Pick<TrialAccount, 'arns' | 'callerArn' | 'startedAt' | 'region'>,
    private readonly version: string,
    private readonly endpointUrl: string | undefined,
  ) {}

  /** Adds the answer to an item. Returns the result without the account ID. */
  public add({ number, title }: TrialItem, { answer, holds, note, evidence }: TrialAnswer): TrialResult {
    const status = holds === null ? 'INCONCLUSIVE' : holds ? 'HOLDS' : 'DOES_NOT_HOLD';
    return this.save({ number, title, status, answer, note, evidence });
  }

  /** Adds an item that is not tried. */
  public addManual({ number, title, reason, byHand }: ManualTrial): TrialResult {
    return this.save({
      number,
      title,
      status: 'NOT_TRIED',
      answer: null,
      note: `${reason}; by hand: ${byHand}`,
      evidence: null,
    });
  }

  public finish(now: number): void {
    this.finishedAt = toIsoTime(now);
    this.write();
  }

  /** Returns the number of results with a status. */
  public count(status: TrialResult['status']): number {
    return this.results.filter((result) => result.status === status).length;
  }

  /** Returns the content of the file. */
  public format(): string {
    const { region, startedAt } = this.account;
    const file: ResultsFile = {
      format: 1,
      version: this.version,
      region,
      endpointUrl: this.endpointUrl ?? null,
      startedAt: toIsoTime(startedAt),
      finishedAt: this.finishedAt,
      trials: this.results.toSorted((a, b) => a.number - b.number),
    };
    return `${JSON.stringify(file, undefined, 2)}\n`;
  }

  private save(result: TrialResult): TrialResult {
    const masked: TrialResult = JSON.parse(this.mask(JSON.stringify(result)));
    this.results.push(masked);
    this.write();
    return masked;
  }

  /** Masks the ARN of the caller, which may name a person, and the account ID. */
  private mask(text: string): string {
    const { callerArn, arns } = this.account;
    return text.replaceAll(callerArn, MASKED_CALLER).replaceAll(arns.accountId, MASKED_ACCOUNT);
  }

  private write(): void {
    writeFileSync(this.path, this.format());
  }
}
