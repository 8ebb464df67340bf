import type { AccessRequest } from './access-request';
import type { PolicyDocument, Statement } from './policy-document';

/** Documents by the statements that they keep, because the validation of each is cached by its identity. */
const selections = new WeakMap<PolicyDocument, Map<string, PolicyDocument>>();
const patterns = new Map<string, RegExp>();

/**
 * Returns the document with the statements that can match a request by its action and resource.
 *
 * Most statements of a policy are about something else, and the simulator takes as long for each of them. One statement
 * always remains, because a policy that allows nothing differs from no policy.
 */
export function selectStatements(
  document: PolicyDocument,
  request: Pick<AccessRequest, 'action' | 'resource'>,
): PolicyDocument {
  const indexes = document.Statement.flatMap((statement, index) => (canMatch(statement, request) ? [index] : []));
  if (indexes.length === document.Statement.length) {
    return document;
  }
  const known = selections.get(document) ?? new Map<string, PolicyDocument>();
  selections.set(document, known);
  const key = indexes.join();
  const selected = known.get(key) ?? {
    ...document,
    Statement: (indexes.length === 0 ? [0] : indexes).map((index) => document.Statement[index] as Statement),
  };
  known.set(key, selected);
  return selected;
}

/** Whether a statement can match a request by its action and resource, whatever its principal and condition. */
export function canMatch(
  { Action, Resource = '*' }: Statement,
  { action, resource }: Pick<AccessRequest, 'action' | 'resource'>,
): boolean {
  return (
    [Action].flat().some((each) => matches(each, action)) && [Resource].flat().some((each) => matches(each, resource))
  );
}

/** Whether a value can match a pattern, whatever the values of its policy variables. */
function matches(pattern: string, value: string): boolean {
  const known = patterns.get(pattern) ?? createPattern(pattern);
  patterns.set(pattern, known);
  return known.test(value);
}

function createPattern(pattern: string): RegExp {
  const escaped = pattern
    .replaceAll(/\$\{[^}]*\}/g, '*')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'is');
}
