import { randomUUID } from 'node:crypto';
import { AwsError, unknownOperation } from '../protocol/aws-error';
import { TARGET } from '../protocol/aws-json';
import { type HttpRequest, type HttpResponse, readBody, toStream } from '../protocol/http-message';
import type { Permission, ServiceCall } from '../protocol/service-call';
import { parseAddress } from '../s3/protocol/address';
import { type XmlElement, xmlDocument } from '../s3/protocol/xml';

/** Parameters of a call, by name. */
export type QueryInput = Readonly<Record<string, string>>;

/** An operation of a service that uses the AWS query protocol, such as IAM. */
export interface QueryOperation<State> {
  readonly required: readonly string[];
  /** Returns the permissions that a call needs. */
  permissions(state: State, input: QueryInput): readonly Permission[];
  /** Executes the operation. Returns its result. */
  call(state: State, input: QueryInput): XmlElement;
}

/** Whether a request names its operation in the body. Only S3 also has no target, and no call of S3 posts to the root. */
export function isQueryCall(request: HttpRequest): boolean {
  return (
    request.headers[TARGET] === undefined &&
    request.method === 'POST' &&
    (request.path ?? '/') === '/' &&
    parseAddress(request).bucketName === ''
  );
}

/** Reads a call whose body names the operation: `Action=GetCallerIdentity&Version=2011-06-15`. */
export async function readQueryCall<State>(
  request: HttpRequest,
  operations: Readonly<Record<string, QueryOperation<State>>>,
  state: State,
): Promise<ServiceCall> {
  const input = Object.fromEntries(new URLSearchParams((await readBody(request)).toString()));
  const { Action: name = '' } = input;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  return {
    operation: name,
    input,
    permissions: operation?.permissions(state, input) ?? [],
    execute: () => {
      if (!/^\w+$/.test(name)) {
        return respond(404, '<UnknownOperationException/>\n');
      }
      if (operation === undefined) {
        throw unknownOperation(name);
      }
      validateRequired(operation, input);
      const result = { [`${name}Result`]: operation.call(state, input), ResponseMetadata: { RequestId: randomUUID() } };
      return respond(200, xmlDocument(`${name}Response`, result));
    },
    formatError: ({ name: code, message, statusCode }) => ({
      name: code,
      response: respond(
        statusCode,
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>\n`,
      ),
    }),
  };
}

function validateRequired<State>({ required }: QueryOperation<State>, input: QueryInput) {
  const missing = required.find((name) => input[name] === undefined);
  if (missing !== undefined) {
    throw new AwsError('ValidationError', `${missing} is required`);
  }
}

function respond(statusCode: number, text: string): HttpResponse {
  const body = Buffer.from(text);
  const headers = {
    'content-type': 'application/xml',
    'content-length': String(body.length),
    'x-amzn-requestid': randomUUID(),
  };
  return { statusCode, headers, body: toStream(body) };
}
