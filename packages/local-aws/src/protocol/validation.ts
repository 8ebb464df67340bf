import { AwsError } from './aws-error';

/** Constraints on a value of an operation's input, named as in AWS's API model. */
export type Shape =
  | StringShape
  | { type: 'long'; min?: number; max?: number; values?: readonly number[] }
  | { type: 'boolean' }
  | { type: 'list'; member: Shape; min?: number; max?: number }
  | { type: 'map'; key: Shape; value: Shape; min?: number; max?: number }
  | StructureShape;

export interface StringShape {
  type: 'string';
  min?: number;
  max?: number;
  pattern?: string;
  values?: readonly string[];
  /** Whether AWS leaves the value out of its message. @default false */
  isHidden?: boolean;
}

export interface StructureShape {
  type: 'structure';
  required: readonly string[];
  members: Readonly<Record<string, Shape>>;
}

/** Throws AWS's error for an input that does not have this shape. One message lists all violations. */
export function validate(shape: StructureShape, input: unknown) {
  const errors = [...findViolations(shape, input, '')];
  if (errors.length > 0) {
    const count = errors.length === 1 ? '1 validation error' : `${errors.length} validation errors`;
    throw new AwsError('InvalidParameterException', `${count} detected: ${errors.join('; ')}`);
  }
}

function* findViolations(shape: Shape, value: unknown, path: string): Generator<string> {
  validateType(shape, value);
  for (const constraint of findBrokenConstraints(shape, value)) {
    yield formatViolation(isHidden(shape) ? undefined : `'${format(value)}'`, path, constraint);
  }
  if (shape.type === 'structure') {
    const given = value as Record<string, unknown>;
    for (const [name, member] of Object.entries(shape.members)) {
      const memberPath = path === '' ? name : `${path}.${name}`;
      const memberValue = given[name] ?? undefined;
      if (memberValue !== undefined) {
        yield* findViolations(member, memberValue, memberPath);
      } else if (shape.required.includes(name)) {
        yield formatViolation('null', memberPath, 'Member must not be null');
      }
    }
  } else if (shape.type === 'list') {
    for (const [index, item] of (value as unknown[]).entries()) {
      yield* findViolations(shape.member, item, `${path}.${index + 1}.member`);
    }
  } else if (shape.type === 'map') {
    for (const [key, item] of Object.entries(value as object)) {
      yield* findViolations(shape.key, key, `${path}.${key}.key`);
      yield* findViolations(shape.value, item, `${path}.${key}.member`);
    }
  }
}

function formatViolation(value: string | undefined, path: string, constraint: string) {
  return `Value ${value === undefined ? '' : `${value} `}at '${path}' failed to satisfy constraint: ${constraint}`;
}

function isHidden(shape: Shape): boolean {
  return shape.type === 'string' && shape.isHidden === true;
}

function* findBrokenConstraints(shape: Shape, value: unknown): Generator<string> {
  if (shape.type === 'boolean' || shape.type === 'structure') {
    return;
  }
  const { measure, size } =
    shape.type === 'long'
      ? { measure: 'value', size: value as number }
      : { measure: 'length', size: measureLength(value) };
  if (shape.max !== undefined && size > shape.max) {
    yield `Member must have ${measure} less than or equal to ${shape.max}`;
  }
  if (shape.min !== undefined && size < shape.min) {
    yield `Member must have ${measure} greater than or equal to ${shape.min}`;
  }
  if (shape.type === 'string' && shape.pattern !== undefined) {
    if (!new RegExp(`^(?:${shape.pattern})$`, 'u').test(value as string)) {
      yield `Member must satisfy regular expression pattern: ${shape.pattern}`;
    }
  }
  if ((shape.type === 'string' || shape.type === 'long') && shape.values) {
    if (!(shape.values as readonly unknown[]).includes(value)) {
      yield `Member must satisfy enum value set: [${shape.values.join(', ')}]`;
    }
  }
}

function measureLength(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

function format(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const JAVA_NAMES = { string: 'String', long: 'Long', boolean: 'Boolean' };

/** Throws AWS's error for a value of the wrong JSON type, which AWS reports before it checks any constraint. */
function validateType({ type }: Shape, value: unknown) {
  const actual = Array.isArray(value)
    ? 'list'
    : typeof value === 'object' && value !== null
      ? 'structure'
      : typeof value;
  const expected = type === 'map' ? 'structure' : type === 'long' ? 'number' : type;
  if (actual === expected && (type !== 'long' || Number.isSafeInteger(value))) {
    return;
  }
  throw new AwsError(
    'SerializationException',
    actual === 'list'
      ? 'Start of list found where not expected'
      : actual === 'structure'
        ? 'Start of structure or map found where not expected.'
        : type in JAVA_NAMES
          ? `${nameJsonToken(value)} cannot be converted to ${JAVA_NAMES[type as keyof typeof JAVA_NAMES]}`
          : 'Unexpected field type',
  );
}

function nameJsonToken(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
    case 'number':
      return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
    default:
      return 'STRING_VALUE';
  }
}
