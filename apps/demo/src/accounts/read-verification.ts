import { verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, NO_ARCHIVER, statementKey, TABLE_KEY, type VerifiedStatus } from '@log-archiver/core';
import type { ExecutionResult } from '@log-archiver/local-aws';
import type { Organization } from './organization';

/** A period in the table of a verification. */
export interface VerifiedPeriod {
  readonly period: string;
  readonly status: VerifiedStatus;
  /** First findings of its statement. */
  readonly findings: readonly Finding[];
}

/** A row of the table of a verification: an archiver, or an account without one. */
export interface VerifiedArchiver {
  readonly account: string;
  readonly region: string;
  readonly status: VerifiedStatus;
  /** Oldest first. */
  readonly periods: readonly VerifiedPeriod[];
}

export interface Verification {
  /** ISO 8601: start of the execution. */
  readonly verifiedAt: string;
  readonly execution: ExecutionResult['status'];
  /** Error of a failed execution, and its cause. */
  readonly error?: string;
  readonly cause?: string;
  /** Worst first. */
  readonly archivers: readonly VerifiedArchiver[];
  /** Whether the signature of the table is valid. */
  readonly isSigned: boolean;
}

/** Fields of `table.json` that the demo reads. */
interface Table {
  readonly verifiedAt: string;
  readonly archivers: readonly (Omit<VerifiedArchiver, 'periods'> & {
    readonly keyPrefix: string | null;
    readonly archiver: string | null;
    readonly periods: readonly {
      readonly period: string;
      readonly status: VerifiedStatus;
      readonly findings: number;
    }[];
  })[];
}

/** Reads what a verification wrote: the table, and the findings of its statements. */
export function readVerification(organization: Organization, result: ExecutionResult): Verification {
  const text = organization.read(TABLE_KEY);
  const { verifiedAt, archivers }: Table = JSON.parse(text.toString());
  return {
    verifiedAt,
    execution: result.status,
    ...(result.status === 'FAILED' ? { error: result.error, cause: result.cause } : {}),
    archivers: archivers.map(({ account, region, status, keyPrefix, archiver, periods }) => {
      const place = { keyPrefix: keyPrefix ?? '', account, region, archiver: archiver ?? NO_ARCHIVER };
      return {
        account,
        region,
        status,
        periods: periods.toReversed().map(({ period, status, findings }) => ({
          period,
          status,
          findings: findings === 0 ? [] : readFindings(organization, { ...place, period }),
        })),
      };
    }),
    isSigned: verify('sha256', text, organization.publicKey, organization.read(`${TABLE_KEY}.sig`)),
  };
}

/** Writes the verifier's public key beside the folder of the bucket. Returns the path. */
export function writePublicKey({ publicKey }: Organization, folder: string): string {
  const path = join(folder, 'key.pem');
  writeFileSync(path, publicKey);
  return path;
}

function readFindings(organization: Organization, place: Parameters<typeof statementKey>[0]): Finding[] {
  return JSON.parse(organization.read(statementKey(place)).toString()).firstFindings;
}
