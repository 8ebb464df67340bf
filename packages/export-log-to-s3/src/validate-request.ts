import { type ExportLogToS3Request, InvalidArchiveRequest, parseInstant, validateFrequency } from '@log-archiver/core';

/** What each field has to be before anything looks into it; what the texts mean is checked where they are used. */
const FIELDS: Record<keyof ExportLogToS3Request, 'text' | 'text or empty' | 'text or null'> = {
  logGroupName: 'text',
  s3Prefix: 'text or null',
  s3BucketName: 'text',
  keyPrefix: 'text or empty',
  timeZone: 'text',
  frequency: 'text',
  scheduledTime: 'text',
  period: 'text or null',
  startedAt: 'text',
};

export function validateRequest(request: ExportLogToS3Request): void {
  for (const [field, allowed] of Object.entries(FIELDS)) {
    const value: unknown = request?.[field as keyof ExportLogToS3Request];
    const isAllowed =
      typeof value === 'string'
        ? value !== '' || allowed === 'text or empty'
        : value === null && allowed === 'text or null';
    if (!isAllowed) {
      throw new InvalidArchiveRequest(field, value, `a ${allowed}`);
    }
  }
  validateFrequency(request.frequency);
  parseInstant('startedAt', request.startedAt);
}
