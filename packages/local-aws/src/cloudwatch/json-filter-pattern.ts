type Condition = (entry: unknown) => boolean;

const TOKEN = /\s*(?:(&&|\|\||[(){}=])|(\$(?:\.\w+)+)|"((?:[^"\\]|\\.)*)")/y;

interface Token {
  readonly symbol?: string;
  readonly selector?: string;
  readonly text?: string;
}

/**
 * Parses a filter pattern for JSON, and returns whether a log entry matches it.
 *
 * It compares fields with strings, in which `*` is any text, and combines comparisons with `&&`, `||` and parentheses:
 * `{ ($.type = "Failed*") && ($.details.error = "A" || $.details.error = "B") }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseJsonFilterPattern(pattern: string): Condition {
  const tokens = tokenize(pattern);
  let position = 0;
  const reject = (): never => {
    throw new Error(
      `a filter pattern for JSON must be { comparisons like $.field = "text*", with &&, || and parentheses }, got ${pattern}`,
    );
  };
  const accept = (symbol: string) => {
    const isNext = tokens[position]?.symbol === symbol;
    position += isNext ? 1 : 0;
    return isNext;
  };
  const expectSymbol = (symbol: string) => accept(symbol) || reject();
  const parseAny = (): Condition => {
    const conditions = [parseAll()];
    while (accept('||')) {
      conditions.push(parseAll());
    }
    return (entry) => conditions.some((condition) => condition(entry));
  };
  const parseAll = (): Condition => {
    const conditions = [parseOne()];
    while (accept('&&')) {
      conditions.push(parseOne());
    }
    return (entry) => conditions.every((condition) => condition(entry));
  };
  const parseOne = (): Condition => {
    if (accept('(')) {
      const condition = parseAny();
      expectSymbol(')');
      return condition;
    }
    const selector = tokens[position]?.selector ?? reject();
    position += 1;
    expectSymbol('=');
    const text = tokens[position]?.text ?? reject();
    position += 1;
    return compare(selector, text);
  };
  expectSymbol('{');
  const condition = parseAny();
  expectSymbol('}');
  return position === tokens.length ? condition : reject();
}

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = pattern.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) {
      return [];
    }
    const [, symbol, selector, quoted] = match;
    tokens.push({ symbol, selector, text: quoted?.replace(/\\(.)/g, '$1') });
  }
  return tokens;
}

function compare(selector: string, text: string): Condition {
  const [, ...names] = selector.split('.');
  const parts = text.split('*').map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'));
  const wanted = new RegExp(`^${parts.join('.*')}$`, 's');
  return (entry) => {
    const value = names.reduce<unknown>(
      (object, name) => (object as Record<string, unknown> | null | undefined)?.[name],
      entry,
    );
    return typeof value === 'string' && wanted.test(value);
  };
}
