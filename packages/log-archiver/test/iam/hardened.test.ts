import { itAsksWhatAwsKnows, itDecides } from './access-cases';
import { Hardened } from './hardened';

const { policies, rows } = new Hardened();

describe('of an archiver with a key and a topic, AWS', () => {
  itDecides(policies, rows.archiver);
});

describe('of who tells the operators, AWS', () => {
  itDecides(policies, rows.operators);
});

describe('of who uses the keys, AWS', () => {
  itDecides(policies, rows.keys);
});

describe('of what these tables ask, AWS', () => {
  itAsksWhatAwsKnows(policies, [...rows.operators, ...rows.keys]);
});
