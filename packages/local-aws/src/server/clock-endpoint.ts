import { respondJson } from '../protocol/aws-json';
import type { HttpResponse } from '../protocol/http-message';
import { type Clock, parseInstant } from '../time/clock';
import { VirtualClock } from '../time/virtual-clock';

/**
 * Handles a request to the clock.
 *
 * `GET /_clock` returns the time. `POST /_clock {"moveTo": "2026-11-01T18:00:00Z"}` moves virtual time.
 */
export async function handleClockRequest(clock: Clock, method = 'GET', body = ''): Promise<HttpResponse> {
  if (method === 'POST') {
    if (!(clock instanceof VirtualClock)) {
      return respondJson(400, { message: 'the clock is real and must not be moved; start with --virtual-time' });
    }
    try {
      const { moveTo } = Object(JSON.parse(body));
      parseInstant(moveTo);
      await clock.moveTo(moveTo);
    } catch (error) {
      return respondJson(400, { message: (error as Error).message });
    }
  }
  return respondJson(200, { now: new Date(clock.now()).toISOString() });
}
