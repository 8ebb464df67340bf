import type { Clients } from './create-clients';

const RETRY_PAUSE_MS = 1_000;
const MAX_ATTEMPTS = 30;
/** `SlowDown` is S3's name for throttling. S3 returns a conflict (409) for two concurrent writes of one key. */
const RETRYABLE_ERRORS = ['ThrottlingException', 'TooManyRequestsException', 'SlowDown', 'ConditionalRequestConflict'];

/**
 * Retries a call that AWS throttled, that failed in AWS, or that got no response.
 *
 * A scan of hundreds of pages cannot start again because of one page. The state machine retries what still fails after
 * all attempts. Every call must be safe to repeat.
 */
export async function retryInPlace<T>({ wait }: Pick<Clients, 'wait'>, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRetryable(error)) {
        throw error;
      }
    }
    await wait(RETRY_PAUSE_MS);
  }
}

function isRetryable(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return status === undefined || status >= 500 || status === 429 || RETRYABLE_ERRORS.includes(name ?? '');
}
