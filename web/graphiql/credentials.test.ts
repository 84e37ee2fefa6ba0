import { describe, expect, it } from 'vitest';
import { apiNamed, authorizationFor } from './credentials';

describe('authorizationFor', () => {
  it('is Basic for the Partners API (RFC 7617, in UTF-8)', () => {
    const given = { clientId: 'id', clientSecret: 'sécret' };
    expect(authorizationFor('partners', given)).toBe('Basic aWQ6c8OpY3JldA==');
  });

  it('is Bearer for the Users API', () => {
    expect(authorizationFor('users', { accessToken: 'lk_at_x' })).toBe('Bearer lk_at_x');
  });

  it('is nothing while something is missing', () => {
    expect(authorizationFor('partners', { clientId: 'id' })).toBeUndefined();
    expect(authorizationFor('users', { accessToken: '' })).toBeUndefined();
  });
});

describe('apiNamed', () => {
  it.each([
    ['users', 'users'],
    ['Users', 'users'],
    ['partners', 'partners'],
    [undefined, 'partners'],
  ])('takes %s for %s', (name, api) => {
    expect(apiNamed(name)).toBe(api);
  });
});
