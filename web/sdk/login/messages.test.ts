import { describe, expect, it } from 'vitest';
import { acknowledgement, judgeMessage } from './messages';

const popup = { name: 'the pop-up' } as unknown as Window;
const expected = { origin: 'https://id.example', source: popup, flow: 'flow-1' };
const detail = {
  email: 'ada@example.com',
  emailVerified: true,
  consentedScopes: 'email profile',
  signedIn: true,
  shopConsentToken: 'eyJ.a.b',
};
const completed = { source: 'latchkey', flow: 'flow-1', type: 'completed', detail };
const event = (changes: object) => ({
  origin: 'https://id.example',
  source: popup,
  data: completed as unknown,
  ...changes,
});

describe('judgeMessage', () => {
  it('believes the pop-up that this press opened', () => {
    expect(judgeMessage(event({}), expected)).toEqual({ type: 'completed', detail });
  });

  it('passes on only what is documented', () => {
    const data = { ...completed, detail: { ...detail, accessToken: 'lk_at_x' } };
    expect(judgeMessage(event({ data }), expected)).toEqual({ type: 'completed', detail });
  });

  it('leaves the consent token out when the person gave none', () => {
    const { shopConsentToken: _, ...without } = detail;
    const message = judgeMessage(event({ data: { ...completed, detail: without } }), expected);
    expect(message).toEqual({ type: 'completed', detail: without });
  });

  it('reads "not now" and an error', () => {
    const cancelled = { source: 'latchkey', flow: 'flow-1', type: 'cancelled' };
    expect(judgeMessage(event({ data: cancelled }), expected)).toEqual({ type: 'cancelled' });
    const failed = { ...cancelled, type: 'error', detail: { code: 'server_error', message: 'm' } };
    expect(judgeMessage(event({ data: failed }), expected)).toEqual({
      type: 'error',
      detail: { code: 'server_error', message: 'm' },
    });
  });

  it('reads what a frame says of itself', () => {
    const said = (type: string, detail?: object) =>
      judgeMessage(event({ data: { ...completed, type, detail } }), expected);
    expect(said('loaded')).toEqual({ type: 'loaded' });
    expect(said('close_requested')).toEqual({ type: 'close_requested' });
    expect(said('resized', { height: 480 })).toEqual({ type: 'resized', height: 480 });
    for (const height of ['480', Number.NaN, Number.POSITIVE_INFINITY, undefined]) {
      expect(said('resized', { height })).toBeUndefined();
    }
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that only starts alike', { origin: 'https://id.example.evil.example' }],
    ['the same host by http', { origin: 'http://id.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another window of the right origin', { source: {} }],
    ['no window', { source: null }],
    ['another press', { data: { ...completed, flow: 'flow-2' } }],
    ['no flow', { data: { ...completed, flow: undefined } }],
    ['another protocol', { data: { ...completed, source: 'react-devtools' } }],
    ['our own acknowledgement', { data: acknowledgement('flow-1') }],
    ['an unknown type', { data: { ...completed, type: 'authorized' } }],
    ['no detail', { data: { ...completed, detail: undefined } }],
    ['an e-mail that is not text', { data: { ...completed, detail: { ...detail, email: {} } } }],
    ['a truthy signedIn', { data: { ...completed, detail: { ...detail, signedIn: 'yes' } } }],
    ['a token that is not text', { data: { ...completed, detail: { ...detail, shopConsentToken: 1 } } }],
    ['an error without a code', { data: { ...completed, type: 'error', detail: { message: '' } } }],
    ['a string', { data: JSON.stringify(completed) }],
    ['null', { data: null }],
  ])('ignores %s', (_, changes) => {
    expect(judgeMessage(event(changes), expected)).toBeUndefined();
  });

  it('believes nobody while no window is expected', () => {
    const nobody = { ...expected, source: null };
    expect(judgeMessage(event({ source: null }), nobody)).toBeUndefined();
  });
});
