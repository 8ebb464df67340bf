import { COMPANIES, type Company, estimateCompany } from '../../src/storage-cost/companies';
import { TOKYO } from '../../src/storage-cost/prices';

const [small, medium, large] = COMPANIES as [Company, Company, Company];

describe('the cost of a company', () => {
  it('is that of its exports, requests and storage', () => {
    const { runs, puts, afterOneYear, slotHours } = estimateCompany(medium, TOKYO);
    expect([runs, puts, afterOneYear, slotHours].map((value) => value.toFixed(2))).toEqual([
      '0.04',
      '0.29',
      '1.12',
      '2.17',
    ]);
  });

  it('grows with the number of accounts, except for the time in the slot of each', () => {
    const [one, fifty] = [estimateCompany(medium, TOKYO), estimateCompany(large, TOKYO)];
    expect(fifty.runs).toBeCloseTo(50 * one.runs);
    expect(fifty.afterSevenYears).toBeCloseTo(50 * one.afterSevenYears);
    expect(fifty.slotHours).toBe(one.slotHours);
  });

  it('grows with the share of the workloads', () => {
    expect(estimateCompany(small, TOKYO).afterOneYear).toBeCloseTo(estimateCompany(medium, TOKYO).afterOneYear / 10);
  });
});
