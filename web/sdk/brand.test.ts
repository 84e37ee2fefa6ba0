import { describe, expect, it } from 'vitest';
import { BRAND_MAX_LENGTH, brandOf, FALLBACK_BRAND } from './brand';

describe('brandOf', () => {
  it('is the name that the operator gave', () => {
    expect(brandOf({ brand: { name: 'Acme' } })).toEqual({ name: 'Acme' });
  });

  it.each([
    null,
    'Acme',
    {},
    { brand: null },
    { brand: { name: '' } },
    { brand: { name: 7 } },
    { brand: { name: 'x'.repeat(BRAND_MAX_LENGTH + 1) } },
  ])('falls back on %j', (answer) => {
    expect(brandOf(answer)).toBe(FALLBACK_BRAND);
  });
});
