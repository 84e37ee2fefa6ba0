import { describe, expect, it } from 'vitest';
import { BRAND_MAX_LENGTH, brandOf, FALLBACK_BRAND } from './brand';

const light = { background: '#4338ca', text: '#ffffff' };
const logo = { src: '/brand/3fa9', width: 64, height: 64 };

describe('brandOf', () => {
  it('is what the operator gave', () => {
    expect(brandOf({ brand: { name: 'Acme' } })).toEqual({ name: 'Acme' });
    const whole = { name: 'Acme', light: { ...light, logo }, dark: light };
    const brand = brandOf({ brand: whole });
    expect(brand).toMatchObject({ name: 'Acme', light, dark: light });
    expect(brand.logo).toMatch(/\/brand\/3fa9$/);
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

  it('counts characters, not code units', () => {
    const name = '🗝'.repeat(BRAND_MAX_LENGTH);
    expect(brandOf({ brand: { name } })).toEqual({ name });
  });

  it.each([
    { background: '#4338ca' },
    { background: 'red', text: '#ffffff' },
    { background: '#4338ca;}', text: '#ffffff' },
    { ...light, background: 7 },
    'light',
  ])('shows no colours like %j', (scheme) => {
    expect(brandOf({ brand: { name: 'Acme', light: scheme } })).toEqual({ name: 'Acme' });
  });

  it.each([
    { ...logo, width: 129 },
    { ...logo, width: 0 },
    { ...logo, height: '' },
    { ...logo, src: '//evil.example/logo' },
    { ...logo, src: 'https://evil.example/logo' },
    { ...logo, src: 'data:image/svg+xml,x' },
    '/brand/3fa9',
  ])('shows no logo like %j', (image) => {
    expect(brandOf({ brand: { name: 'Acme', light: { logo: image } } })).toEqual({ name: 'Acme' });
  });
});
