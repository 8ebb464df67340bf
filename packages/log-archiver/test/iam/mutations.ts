import type { PolicyDocument, StackPolicies, Statement } from '@log-archiver/local-aws';
import type { Row } from './access-cases';

/** Policies of which one statement is not what it was. */
export interface Mutation {
  /** The resource of the template, the number of the statement, and what was done to it. */
  readonly name: string;
  /** Whether a call can notice: one of the same service, by that role or at that resource. */
  readonly concerns: (row: Row) => boolean;
  /** Whether more is allowed than before, unless Block Public Access then allows nothing: denied calls notice first. */
  readonly allowsMore: boolean;
  readonly policies: StackPolicies[];
}

type Change = [what: string, statement: Statement | undefined];

/** Each statement of one of some stacks removed, made wider, and made narrower, in turn. */
export function mutationsOf(policies: StackPolicies[], stack: StackPolicies): Mutation[] {
  const put = (changed: StackPolicies) => policies.with(policies.indexOf(stack), changed);
  const ofRoles = stack.roles.flatMap((role) =>
    role.policies.flatMap((policy) =>
      changesOf(policy.document).map(({ what, allowsMore, service, document }) => ({
        allowsMore,
        concerns: ({ principal, action }: Row) => principal === role.arn && serviceOf(action) === service,
        name: `${role.logicalId} ${what}`,
        policies: put({
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
    changesOf(policy.document).map(({ what, allowsMore, service, document }) => ({
      allowsMore,
      concerns: ({ resource, action }: Row) =>
        policy.of.some((arn) => `${resource}/`.startsWith(`${arn}/`)) && serviceOf(action) === service,
      name: `${policy.logicalId} ${what}`,
      policies: put({
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

function changesOf(document: PolicyDocument) {
  return document.Statement.flatMap((statement, index) => {
    const wide = widened(statement);
    const changes: Change[] = [['removed', undefined], ...wide, ...narrowed(statement)];
    const name = statement.Sid ?? `${statement.Effect} ${listOf(statement.Action)[0]}`;
    return changes
      .filter(([, changed]) => JSON.stringify(changed) !== JSON.stringify(statement))
      .map((change) => ({ change, isWider: wide.includes(change) }))
      .map(({ change: [what, changed], isWider }) => ({
        what: `${name}: ${what}`,
        allowsMore: isWider === (statement.Effect === 'Allow'),
        service: serviceOf(listOf(statement.Action)[0]),
        document: { ...document, Statement: document.Statement.toSpliced(index, 1, ...(changed ? [changed] : [])) },
      }));
  });
}

function serviceOf(action: string): string {
  return action.split(':')[0];
}

function widened(statement: Statement): Change[] {
  const { Action, Resource, Principal, Condition = {} } = statement;
  const service = serviceOf(listOf(Action)[0]);
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
    ...(Principal === undefined || listOf(Object.values(Principal).flat()).includes('*') || Principal === '*'
      ? []
      : [['by *', { ...statement, Principal: '*' }] as Change]),
  ];
}

/** Without one of the actions, resources, or values of a condition. */
function narrowed(statement: Statement): Change[] {
  const { Action, Resource = [], Condition = {} } = statement;
  const without = (list: readonly string[], change: (rest: string[]) => Statement): Change[] =>
    list.length < 2 ? [] : list.map((each, index) => [`without ${each}`, change(list.toSpliced(index, 1))]);
  return [
    ...without(listOf(Action), (rest) => ({ ...statement, Action: rest })),
    ...without(listOf(Resource), (rest) => ({ ...statement, Resource: rest })),
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

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
