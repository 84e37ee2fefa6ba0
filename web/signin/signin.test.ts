import { describe, expect, it } from 'vitest';
import { digitsOf } from './code_entry';
import { isAcknowledgement } from './completion';
import { loginHintOf } from './login_hint';

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
