import { describe, expect, it } from 'vitest';
import { authorizeUrl, configOf, wantsCode } from './attributes';

const reading = (attributes: Record<string, string>) => (name: string) => attributes[name] ?? null;

describe('the attributes of shop-login-button', () => {
  it('become a configuration, without what is not given', () => {
    const given = { 'ux-mode': 'iframe', scope: 'email', 'button-layout': '' };
    expect(configOf(reading(given))).toEqual({ attributes: { uxMode: 'iframe', scope: 'email' } });
    expect(configOf(reading({}))).toEqual({ attributes: { uxMode: 'windoid' } });
  });

  it('ask for a code by response-type', () => {
    expect(wantsCode(reading({ 'response-type': 'code' }))).toBe(true);
    expect(wantsCode(reading({ 'response-type': 'id_token' }))).toBe(false);
    expect(wantsCode(reading({}))).toBe(false);
  });

  it('go to the authorization endpoint with what is documented, escaped', () => {
    const given = {
      'client-id': 'c&d', 'response-type': 'code', state: 's=1#', 'redirect-uri': 'https://a/b?c',
      locale: 'fr', onclick: 'x',
    };
    const url = authorizeUrl(reading(given), 'https://id.example', 'https://shop.example');
    expect(url).toBe(
      'https://id.example/oauth/authorize?client_id=c%26d&redirect_uri=https%3A%2F%2Fa%2Fb%3Fc' +
        '&response_type=code&state=s%3D1%23&scope=openid+email+profile&ui_locales=fr',
    );
  });

  it('return to the page\'s origin where no redirect-uri is given', () => {
    const url = authorizeUrl(reading({}), 'https://id.example', 'https://shop.example');
    expect(new URL(url).searchParams.get('redirect_uri')).toBe('https://shop.example');
  });
});
