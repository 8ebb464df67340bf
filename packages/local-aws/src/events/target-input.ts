import type { AwsEvent } from './aws-event';

/** Input of a rule's target. Without any field, the target receives the event. */
export interface TargetInput {
  readonly Input?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

/**
 * Returns what a target receives.
 *
 * In a template, a variable outside quotes is replaced with JSON, and a variable inside quotes with text. A template that
 * is one JSON string stays one: the message of a topic has its quotes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function createTargetInput(event: AwsEvent, { Input, InputTransformer }: TargetInput): string {
  if (!InputTransformer) {
    return Input ?? JSON.stringify(event);
  }
  const { InputPathsMap = {}, InputTemplate } = InputTransformer;
  const format = (variable: string, isQuoted: boolean) => {
    const path = InputPathsMap[variable];
    const json = path === undefined ? undefined : JSON.stringify(readPath(event, path));
    if (!isQuoted) {
      return json ?? '""';
    }
    return json?.startsWith('"') ? json.slice(1, -1) : (json ?? '').replaceAll('"', '\\"');
  };
  return InputTemplate.replace(/"(?:[^"\\]|\\.)*"|<([^<>]+)>/gs, (match, variable?: string) =>
    variable === undefined
      ? match.replace(/<([^<>]+)>/g, (_, quoted: string) => format(quoted, true))
      : format(variable, false),
  );
}

/** Reads a path like `$.detail.a` or `$.resources[0]`. */
function readPath(event: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((name) => name !== '' && name !== '$')
    .reduce((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], event);
}
