import { EvidenceRefused, LogGroupNotFound } from '@log-archiver/core';

/** Errors that a retry cannot fix: a missing permission, a log class or a query that AWS does not support. */
const REFUSALS = [
  'AccessDeniedException',
  'InvalidOperationException',
  'InvalidParameterException',
  'MalformedQueryException',
];

/**
 * Calls CloudWatch Logs about a log group. A refusal becomes `EvidenceRefused` with AWS's message, because an archive
 * without evidence is not recorded. Errors of KMS, such as a disabled key, are refusals, too.
 */
export async function askAbout<T>(logGroupName: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ResourceNotFoundException') {
      throw new LogGroupNotFound(`log group ${logGroupName} does not exist`);
    }
    if (REFUSALS.includes(name) || name.startsWith('KMS')) {
      throw new EvidenceRefused(`CloudWatch Logs refused to search log group ${logGroupName}: ${name}: ${message}`);
    }
    throw error;
  }
}
