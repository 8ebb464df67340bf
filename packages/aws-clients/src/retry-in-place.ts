import type { Clients } from './create-clients';

const PAUSE = 1_000;
const MAX_ATTEMPTS = 30;
/** S3 calls throttling `SlowDown`, and has two writers of one key ask again with a 409. */
const ASK_AGAIN = ['ThrottlingException', 'TooManyRequestsException', 'SlowDown', 'ConditionalRequestConflict'];

/**
 * Asks again in place what is throttled, fails on AWS's side or is not answered at all: a scan of hundreds of pages cannot
 * begin anew for one of them. What lasts longer than that, the state machine retries.
 */
export async function retryInPlace<T>({ wait }: Pick<Clients, 'wait'>, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isWorthIt(error)) {
        throw error;
      }
    }
    await wait(PAUSE);
  }
}

function isWorthIt(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return status === undefined || status >= 500 || status === 429 || ASK_AGAIN.includes(name ?? '');
}
