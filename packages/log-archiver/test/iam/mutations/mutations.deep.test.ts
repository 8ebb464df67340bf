import { findUndetected, SUBJECTS } from './mutation-subjects';

it.each(SUBJECTS)('detects every change to the permissions of %s', (_, minimum, create) => {
  const subject = create();
  expect(subject.mutations.length).toBeGreaterThan(minimum);
  expect(findUndetected(subject, subject.mutations)).toEqual([]);
});
