import type { ArchiveParameters } from './contract';
import { InvalidArchiveRequest, show } from './errors';

/** The bucket and the account of a function, from its own configuration. No payload can change them. */
export type Binding = Pick<ArchiveParameters, 's3BucketName' | 'account'>;

/** Environment variables that bind a function. */
export const BINDING_VARIABLES: Record<keyof Binding, string> = {
  s3BucketName: 'ARCHIVE_BUCKET_NAME',
  account: 'ARCHIVE_ACCOUNT',
};

/** Reads the binding of a function. Throws if a variable is missing: without it, any payload would be accepted. */
export function readBinding(environment: Record<string, string | undefined>): Binding {
  const read = (field: keyof Binding) => {
    const value = environment[BINDING_VARIABLES[field]];
    if (!value) {
      throw new Error(`environment variable ${BINDING_VARIABLES[field]} is required: it binds the function`);
    }
    return value;
  };
  return { s3BucketName: read('s3BucketName'), account: read('account') };
}

/** Throws unless these fields of a payload are those of the binding. */
export function validateBinding(
  binding: Binding,
  payload: Partial<Binding> | undefined,
  fields: readonly (keyof Binding)[],
): void {
  for (const field of fields) {
    const value = payload?.[field];
    if (value !== binding[field]) {
      throw new InvalidArchiveRequest(
        `${field} must be that of the function, ${show(binding[field])}, got ${show(value)}`,
      );
    }
  }
}
