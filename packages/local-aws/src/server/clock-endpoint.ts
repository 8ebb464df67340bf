import { respond } from '../protocol/aws-json';
import type { HttpResponse } from '../protocol/http-message';
import { type Clock, parseInstant } from '../time/clock';
import { VirtualClock } from '../time/virtual-clock';

/** `GET /_clock` tells the time; `POST /_clock {"moveTo": "2026-11-01T18:00:00Z"}` moves it, if it is virtual. */
export async function handleClockRequest(clock: Clock, method = 'GET', body = ''): Promise<HttpResponse> {
  if (method === 'POST') {
    if (!(clock instanceof VirtualClock)) {
      return respond(400, { message: 'time is real: start with --virtual-time to move it' });
    }
    try {
      const { moveTo } = Object(JSON.parse(body));
      parseInstant(moveTo);
      await clock.moveTo(moveTo);
    } catch (error) {
      return respond(400, { message: (error as Error).message });
    }
  }
  return respond(200, { now: new Date(clock.now()).toISOString() });
}
