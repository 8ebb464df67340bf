import { expectCompleteResult, ZONES } from './complete-result';

it.each(ZONES.slice(0, 1))('is complete in %s, %s, for %j', expectCompleteResult);
