import { canMatch, type PolicyDocument, type StackPolicies, type Statement } from '@log-archiver/local-aws';
import type { AccessCase } from '../cases/access-cases';

/** Policies with one changed statement. */
export interface Mutation {
  /** Logical id of the policy, name of the statement, and the change. */
  readonly name: string;
  /** Whether a case can detect the change: same role or resource, and matched by the statement before or after. */
  readonly concerns: (accessCase: AccessCase) => boolean;
  /**
   * Whether the change allows more, unless Block Public Access then denies everything. Denied calls detect it first.
   */
  readonly allowsMore: boolean;
  readonly policies: StackPolicies[];
}

type Change = [name: string, statement: Statement | undefined];

/** Creates policies in which one statement of `stack` is removed, widened or narrowed, in turn. */
export function createMutations(policies: StackPolicies[], stack: StackPolicies): Mutation[] {
  const replaceStack = (changed: StackPolicies) => policies.with(policies.indexOf(stack), changed);
  const ofRoles = stack.roles.flatMap((role) =>
    role.policies.flatMap((policy) =>
      createChanges(policy.document).map(({ change, allowsMore, concerns, document }) => ({
        allowsMore,
        concerns: (each: AccessCase) => each.principal === role.arn && concerns(each),
        name: `${role.logicalId} ${change}`,
        policies: replaceStack({
          ...stack,
          roles: stack.roles.with(stack.roles.indexOf(role), {
            ...role,
            policies: role.policies.with(role.policies.indexOf(policy), { ...policy, document }),
          }),
        }),
      })),
    ),
  );
  const ofResources = stack.resourcePolicies.flatMap((policy) =>
    createChanges(policy.document).map(({ change, allowsMore, concerns, document }) => ({
      allowsMore,
      concerns: (each: AccessCase) =>
        policy.of.some((arn) => `${each.resource}/`.startsWith(`${arn}/`)) && concerns(each),
      name: `${policy.logicalId} ${change}`,
      policies: replaceStack({
        ...stack,
        resourcePolicies: stack.resourcePolicies.with(stack.resourcePolicies.indexOf(policy), {
          ...policy,
          document,
        }),
      }),
    })),
  );
  return [...ofRoles, ...ofResources];
}

function createChanges(document: PolicyDocument) {
  return document.Statement.flatMap((statement, index) => {
    const wide = widen(statement);
    const changes: Change[] = [['removed', undefined], ...wide, ...narrow(statement)];
    const name = statement.Sid ?? `${statement.Effect} ${toList(statement.Action)[0]}`;
    return changes
      .filter(([, changed]) => JSON.stringify(changed) !== JSON.stringify(statement))
      .map((change) => ({ change, isWider: wide.includes(change) }))
      .map(({ change: [changeName, changed], isWider }) => ({
        change: `${name}: ${changeName}`,
        allowsMore: isWider === (statement.Effect === 'Allow'),
        concerns: (each: AccessCase) => canMatch(statement, each) || (changed !== undefined && canMatch(changed, each)),
        document: { ...document, Statement: document.Statement.toSpliced(index, 1, ...(changed ? [changed] : [])) },
      }));
  });
}

function getService(action: string): string {
  return action.split(':')[0];
}

function widen(statement: Statement): Change[] {
  const { Action, Resource, Principal, Condition = {} } = statement;
  const service = getService(toList(Action)[0]);
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key): Change => {
      const { [key]: _, ...rest } = keys;
      return [`without ${operator} ${key}`, { ...statement, Condition: { ...Condition, [operator]: rest } }];
    }),
  );
  return [
    ...conditions,
    [`of ${service}:*`, { ...statement, Action: `${service}:*` }],
    ...(Resource === undefined ? [] : [['on *', { ...statement, Resource: '*' }] as Change]),
    ...(Principal === undefined || toList(Object.values(Principal).flat()).includes('*') || Principal === '*'
      ? []
      : [['by *', { ...statement, Principal: '*' }] as Change]),
  ];
}

/** Removes one of the actions, resources, or values of a condition. */
function narrow(statement: Statement): Change[] {
  const { Action, Resource = [], Condition = {} } = statement;
  const without = (list: readonly string[], change: (rest: string[]) => Statement): Change[] => {
    // The two spellings of kms:ViaService are equal outside of China.
    const values = [...new Set(list)];
    return values.length < 2
      ? []
      : values.map((each, index) => [`without ${each}`, change(values.toSpliced(index, 1))]);
  };
  return [
    ...without(toList(Action), (rest) => ({ ...statement, Action: rest })),
    ...without(toList(Resource), (rest) => ({ ...statement, Resource: rest })),
    ...Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, values]) =>
        without(Array.isArray(values) ? values : [], (rest) => ({
          ...statement,
          Condition: { ...Condition, [operator]: { ...keys, [key]: rest } },
        })),
      ),
    ),
  ];
}

function toList(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
