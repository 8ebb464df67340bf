import { type Binding, readBinding, validateBinding } from '@log-archiver/core';
import type { ClientOptions } from './create-clients';

/**
 * Returns a function that throws unless fields of a payload are those of the binding.
 *
 * Reads the binding with each call: a bundle can be loaded without the variables.
 */
export function createBindingCheck({ environment = process.env }: Pick<ClientOptions, 'environment'>) {
  return (payload: Partial<Binding> | undefined, fields: readonly (keyof Binding)[]): void =>
    validateBinding(readBinding(environment), payload, fields);
}
