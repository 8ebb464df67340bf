import {
  ARRAY,
  type ArchiveItem,
  BOOLEAN,
  type ExportLogToS3Request,
  type FieldKinds,
  findFieldError,
  InvalidArchiveRequest,
  LOG_GROUP_FIELDS,
  LOSS_FIELDS,
  OBJECT,
  oneOf,
  orNull,
  STRING,
  TIME,
} from '@log-archiver/core';

/** Allowed values of each field, including the fields that only `RecordArchive` needs, because it runs after the export. */
const ITEM_FIELDS: FieldKinds<ArchiveItem> = {
  logGroupName: STRING,
  s3Prefix: STRING,
  period: STRING,
  periodFrom: TIME,
  periodTo: TIME,
  previousPeriod: OBJECT,
  from: TIME,
  to: TIME,
  destinationPrefix: STRING,
  taskName: STRING,
  adoptAfter: orNull(TIME),
  logGroup: OBJECT,
  losses: ARRAY,
  force: BOOLEAN,
  attempt: oneOf(1, 2),
  part: oneOf('DAY', 'HOUR', null),
  slotDeadline: TIME,
};

/** Validates the request. Throws `InvalidArchiveRequest` for the first invalid field. */
export function validateRequest(request: ExportLogToS3Request): void {
  reject(findFieldError<Pick<ExportLogToS3Request, 's3BucketName'>>('', request, { s3BucketName: STRING }));
  reject(findFieldError('', request.item, ITEM_FIELDS));
  const { from, to, logGroup, losses } = request.item;
  reject(findFieldError('logGroup.', logGroup, LOG_GROUP_FIELDS));
  for (const [index, loss] of losses.entries()) {
    reject(findFieldError(`losses[${index}].`, loss, LOSS_FIELDS));
  }
  if (to < from) {
    reject(`to must not be earlier than from (${from}), got ${to}`);
  }
}

function reject(error: string | undefined): void {
  if (error !== undefined) {
    throw new InvalidArchiveRequest(error);
  }
}
