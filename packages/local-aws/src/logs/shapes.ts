import type { Shape, StructureShape } from '../protocol/validation';

/** Shapes of input fields, from AWS's API model. */
export const logGroupName: Shape = { type: 'string', max: 512, min: 1, pattern: '[\\.\\-_/#A-Za-z0-9]+' };
export const logStreamName: Shape = { type: 'string', max: 512, min: 1, pattern: '[^:*]*' };
/** AWS's message does not have the value, as moto's tests against AWS show. */
export const logGroupIdentifier: Shape = {
  type: 'string',
  max: 2048,
  min: 1,
  pattern: '[\\w#+=/:,.@-]*',
  isHidden: true,
};
export const timestamp: Shape = { type: 'long', min: 0 };
/** Retention periods that the API reference lists. */
export const retentionInDays: Shape = {
  type: 'long',
  values: [
    ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545],
    ...[731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  ],
};

export const nextToken: Shape = { type: 'string', min: 1 };
export const taskId: Shape = { type: 'string', max: 512, min: 1 };
export const text: Shape = { type: 'string' };
export const flag: Shape = { type: 'boolean' };

export const logGroupClass: Shape = {
  type: 'string',
  values: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY', 'ESSENTIALS'],
};

export const accountPolicyType: Shape = {
  type: 'string',
  values: [
    ...['DATA_PROTECTION_POLICY', 'SUBSCRIPTION_FILTER_POLICY', 'FIELD_INDEX_POLICY', 'TRANSFORMER_POLICY'],
    ...['METRIC_EXTRACTION_POLICY', 'RETENTION_POLICY'],
  ],
};

export const statusCode: Shape = {
  type: 'string',
  values: ['CANCELLED', 'COMPLETED', 'FAILED', 'PENDING', 'PENDING_CANCEL', 'RUNNING'],
};

const tagKey: Shape = { type: 'string', max: 128, min: 1, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)' };

export const tags: Shape = {
  type: 'map',
  min: 1,
  max: 50,
  key: tagKey,
  value: { type: 'string', max: 256, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' },
};

export const tagFilters: Shape = {
  type: 'list',
  min: 1,
  max: 5,
  member: structure(['key'], {
    key: tagKey,
    values: {
      type: 'list',
      max: 5,
      member: { type: 'string', max: 259, pattern: '!?\\*?([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)\\*?' },
    },
  }),
};

export const inputLogEvents: Shape = {
  type: 'list',
  min: 1,
  max: 10_000,
  member: structure(['timestamp', 'message'], { timestamp, message: { type: 'string', min: 1 } }),
};

export function limit(max: number): Shape {
  return { type: 'long', min: 1, max };
}

export function structure(required: readonly string[], members: Record<string, Shape>): StructureShape {
  return { type: 'structure', required, members };
}
