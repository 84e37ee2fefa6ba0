import { describe, expect, it } from 'vitest';
import { digitsOf } from './code_entry';
import { isAcknowledgement } from './completion';
import { linkedCodeOf } from './link';
import { loginHintOf } from './login_hint';
import { fromBase64Url, toBase64Url } from './passkeys';

describe('digitsOf', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['Your code is 123-456.', '123456'],
    ['１２３４５６', '123456'],
    ['١٢٣٤٥٦', '123456'],
    ['۱۲۳۴۵۶', '123456'],
    ['1234567', '123456'],
    ['12a', '12'],
    ['', ''],
  ])('takes from %j the digits %j', (text, digits) => {
    expect(digitsOf(text)).toBe(digits);
  });
});

describe('isAcknowledgement', () => {
  const received = { source: 'latchkey-sdk', flow: 'f', type: 'received' };
  it('is the SDK naming this press', () => {
    expect(isAcknowledgement(received, 'f')).toBe(true);
  });
  it.each([
    null,
    'received',
    { ...received, flow: 'g' },
    { ...received, source: 'latchkey' },
    { ...received, type: 'closed' },
  ])('is not %j', (data) => {
    expect(isAcknowledgement(data, 'f')).toBe(false);
  });
});

describe('loginHintOf', () => {
  it.each([
    ['#login_hint=a%2Bb%40c.d', 'a+b@c.d'],
    ['#section', undefined],
    ['', undefined],
  ])('reads from %j %j', (hash, hint) => {
    expect(loginHintOf(hash)).toBe(hint);
  });
});

describe('linkedCodeOf', () => {
  it.each([
    ['#code=123456', '123456'],
    ['#code=12345', undefined],
    ['#code=1234567', undefined],
    ['#code=12345a', undefined],
    ['#login_hint=123456', undefined],
    ['', undefined],
  ])('reads from %j %j', (hash, code) => {
    expect(linkedCodeOf(hash)).toBe(code);
  });
});

describe('base64url', () => {
  it.each([[[]], [[0]], [[251, 255, 254]], [[1, 2, 3, 4]]])('gives back %j', (bytes) => {
    const text = toBase64Url(Uint8Array.from(bytes).buffer);
    expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
    expect([...fromBase64Url(text)]).toEqual(bytes);
  });
  it('is empty for no user handle', () => {
    expect(toBase64Url(null)).toBe('');
  });
});
