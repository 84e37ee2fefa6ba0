import { describe, expect, it } from 'vitest';
import { isPlausibleEmail } from './email_field';

describe('isPlausibleEmail', () => {
  it.each(['ada@example.com', 'a+b@c.d', "o'hara@sub.example.co.uk", 'λ@παράδειγμα.gr'])(
    'takes %s',
    (text) => expect(isPlausibleEmail(text)).toBe(true),
  );
  it.each(['', 'ada', 'ada@', 'ada@example', 'ada@example.', '@example.com', 'a b@c.d', 'a@b@c.d',
    'a@.d', 'a@c..d', `${'a'.repeat(251)}@c.d`])(
    'does not take %s',
    (text) => expect(isPlausibleEmail(text)).toBe(false),
  );
  it('is quick about what is long and hopeless', () => {
    expect(isPlausibleEmail(`a@${'b.'.repeat(100_000)}`)).toBe(false);
  });
});
