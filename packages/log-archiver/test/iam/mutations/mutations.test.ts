import { requiresEvaluator } from '@log-archiver/local-aws';
import { findUndetected, SUBJECTS } from './mutation-subjects';

const STEP = 40;

requiresEvaluator(it).each(SUBJECTS)('detects every 40th change to the permissions of %s', (_, minimum, create) => {
  const subject = create();
  const sample = subject.mutations.filter((_mutation, index) => index % STEP === 0);
  expect(sample.length).toBeGreaterThan(minimum / STEP - 1);
  expect(findUndetected(subject, sample)).toEqual([]);
});
