import { requiresEvaluator } from '@log-archiver/local-aws';
import { findUndetected, SUBJECTS } from './mutation-subjects';

requiresEvaluator(it).each(SUBJECTS)('detects every change to the permissions of %s', (_, minimum, create) => {
  const subject = create();
  expect(subject.mutations.length).toBeGreaterThan(minimum);
  expect(findUndetected(subject, subject.mutations)).toEqual([]);
});
