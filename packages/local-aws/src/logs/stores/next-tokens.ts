import { createHash } from 'node:crypto';
import { AwsError } from '../../protocol/aws-error';

const LIFETIME_MS = 24 * 3_600_000;

/** Content of a token: a query, and the last result that was returned for it. */
interface TokenContent {
  query: string;
  last: string;
  issuedAt: number;
}

/** Pagination tokens. Each token is valid for one query, for 24 hours. */
export class NextTokens {
  constructor(private readonly now: () => number) {}

  public issue(query: object, last: string): string {
    const content: TokenContent = { query: fingerprint(query), last, issuedAt: this.now() };
    return Buffer.from(JSON.stringify(content)).toString('base64url');
  }

  /** Returns the `last` that was passed to `issue`. */
  public read(query: object, nextToken: string): string {
    const { query: issuedFor, last, issuedAt } = decode(nextToken);
    if (issuedFor !== fingerprint(query) || this.now() - issuedAt >= LIFETIME_MS) {
      throw invalidToken();
    }
    return last;
  }

  /**
   * Returns the page of a sorted list that follows the token, and the token of the next page if there is one.
   *
   * With `isEndUnknown`, the last page has a token also.
   */
  public page<Item>(
    query: PagedQuery,
    items: Item[],
    getKey: (item: Item) => string,
    pageSize: number,
    isEndUnknown = false,
  ) {
    const { nextToken, limit = pageSize, ...filter } = query;
    const [key, position] = nextToken === undefined ? [] : JSON.parse(this.read(filter, nextToken));
    const index = items.findIndex((item) => getKey(item) === key);
    // If the last item has been deleted since, the next one has taken its position.
    const start = nextToken === undefined ? 0 : index === -1 ? position : index + 1;
    const page = items.slice(start, start + limit);
    const last = page.at(-1);
    const end = start + page.length;
    return {
      page,
      ...(last !== undefined && (isEndUnknown || end < items.length)
        ? { nextToken: this.issue(filter, JSON.stringify([getKey(last), end - 1])) }
        : {}),
    };
  }
}

export interface PagedQuery {
  nextToken?: string;
  limit?: number;
}

export function invalidToken() {
  return new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}

function decode(nextToken: string): TokenContent {
  try {
    return JSON.parse(Buffer.from(nextToken, 'base64url').toString());
  } catch {
    throw invalidToken();
  }
}

function fingerprint(query: object): string {
  const fields = Object.entries(query).filter(([, value]) => value !== undefined);
  return createHash('sha256').update(JSON.stringify(fields.sort())).digest('base64url').slice(0, 12);
}
