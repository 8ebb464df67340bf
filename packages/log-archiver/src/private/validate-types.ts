/** A type of an argument. */
export interface ArgumentType {
  /** Name with its article, for the error message. */
  readonly name: string;
  readonly matches: (value: unknown) => boolean;
  /** Remedy: a way to get a value of the type from another one. */
  readonly remedy?: string;
}

export const STRING: ArgumentType = { name: 'a string', matches: (value) => typeof value === 'string' };
export const NUMBER: ArgumentType = { name: 'a number', matches: (value) => typeof value === 'number' };
export const BOOLEAN: ArgumentType = { name: 'a boolean', matches: (value) => typeof value === 'boolean' };
export const ARRAY: ArgumentType = { name: 'an array', matches: Array.isArray };
export const DURATION = typeWith('a Duration', 'toMilliseconds', 'use Duration.hours or Duration.days');
export const SIZE = typeWith('a Size', 'toMebibytes', 'use Size.gibibytes');
export const TIME_ZONE = typeWith('a TimeZone', 'timezoneName', 'use TimeZone.of');
export const BUCKET = typeWith('a bucket', 'bucketArn', 'use Bucket.fromBucketName');
export const KEY = typeWith('a KMS key', 'keyArn', 'use Key.fromKeyArn');
export const TOPIC = typeWith('an SNS topic', 'topicArn', 'use Topic.fromTopicArn');
export const VPC = typeWith('a VPC', 'vpcId', 'use Vpc.fromLookup');
export const SECURITY_GROUP = typeWith('a security group', 'securityGroupId', 'use SecurityGroup.fromSecurityGroupId');
/** A struct: all of its members are optional. */
export const SUBNET_SELECTION: ArgumentType = {
  name: 'a SubnetSelection',
  matches: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  remedy: 'use { subnets: … } or { subnetType: … }',
};
export const LOG_GROUP = typeWith('a log group', 'logGroupName', 'use LogGroup.fromLogGroupName');
export const OBJECT_LOCK = typeWith('an ObjectLockRetention', 'mode', 'use ObjectLockRetention.governance');
export const RETENTION = typeWith('an ArchiveRetention', '_lifecycleRules', 'use ArchiveRetention.years');
export const SELECTION = typeWith('a LogGroupSelection', '_selector', 'use LogGroupSelection.byPrefix');

/**
 * Throws unless each value is `undefined` or of its type.
 *
 * The compiler checks this for TypeScript; an app in JavaScript would get an error from inside this package.
 */
export function validateTypes(values: Record<string, [value: unknown, type: ArgumentType]>) {
  for (const [field, [value, type]] of Object.entries(values)) {
    if (value !== undefined) {
      validateType(field, value, type);
    }
  }
}

/** Throws unless the value is an array whose elements are all of the type, or `undefined`. */
export function validateArray(field: string, values: unknown, type: ArgumentType) {
  validateTypes({ [field]: [values, ARRAY] });
  for (const value of (values ?? []) as unknown[]) {
    validateType(`each of ${field}`, value, type);
  }
}

/** Throws unless the value is of the type. */
export function validateType(field: string, value: unknown, { name, matches, remedy }: ArgumentType) {
  if (!matches(value)) {
    throw new Error(`${field} must be ${name}, got ${describe(value)}${remedy === undefined ? '' : `; ${remedy}`}`);
  }
}

/** Returns a type by a member that no other type has. Classes differ between copies of a package. */
function typeWith(name: string, member: string, remedy: string): ArgumentType {
  return { name, remedy, matches: (value) => typeof value === 'object' && value !== null && member in value };
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
  }
  const { name = 'Object' } = value.constructor ?? {};
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
