import { describe, expect, it } from 'vitest';
import { newFlow, signInUrl } from './request';
import { challengeOf } from './redirect';

describe('newFlow', () => {
  it('is 128 bits as base64url, and another one each time', () => {
    const flows = new Set(Array.from({ length: 1000 }, newFlow));
    expect(flows.size).toBe(1000);
    for (const flow of flows) expect(flow).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});

describe('signInUrl', () => {
  const request = {
    clientId: 'c&1',
    origin: 'https://shop.example:8443',
    locale: 'ro-RO',
    flow: 'abc',
  };

  it('escapes what it is given', () => {
    expect(signInUrl('https://id.example', { ...request, scope: 'email profile' })).toBe(
      'https://id.example/sign-in?client_id=c%261&origin=https%3A%2F%2Fshop.example%3A8443' +
        '&scope=email+profile&locale=ro-RO&flow=abc',
    );
  });

  it('names no scope when the page names none', () => {
    expect(new URL(signInUrl('https://id.example', request)).searchParams.has('scope')).toBe(false);
  });

  it('keeps an address out of the part that servers and logs see', () => {
    const url = new URL(signInUrl('https://id.example', { ...request, loginHint: 'a+b@c.d' }));
    expect(url.search).not.toContain('c.d');
    expect(url.hash).toBe('#login_hint=a%2Bb%40c.d');
  });

  it('says where it shows, where that is no window of its own', () => {
    const framed = new URL(signInUrl('https://id.example', request, { mode: 'iframe' }));
    expect(framed.searchParams.get('mode')).toBe('iframe');
    const back = { mode: 'redirect', returnTo: 'https://shop.example/a?b=c', codeChallenge: 'x' };
    const redirect = new URL(signInUrl('https://id.example', request, back as never));
    expect(redirect.search).toContain(
      '&mode=redirect&return_to=https%3A%2F%2Fshop.example%2Fa%3Fb%3Dc&code_challenge=x',
    );
  });
});

describe('challengeOf', () => {
  it('is that of RFC 7636, appendix B', async () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(await challengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });
});
