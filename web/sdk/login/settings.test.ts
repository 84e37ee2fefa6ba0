import { describe, expect, it } from 'vitest';
import { mergeConfig, mergeVariables, modeOf } from './settings';

describe('mergeVariables', () => {
  it("lets the component's variables win over the SDK's", () => {
    const sdk = { variables: { '--buttons-radius': '0px', '--x-spacing-base': '20px' } } as const;
    const component = { variables: { '--buttons-radius': '8px' } } as const;
    expect(mergeVariables([sdk, component])).toEqual({
      '--buttons-radius': '8px',
      '--x-spacing-base': '20px',
    });
  });

  it('sets custom properties only', () => {
    const odd = { variables: { position: 'fixed', '--ok': '1px' } as never };
    expect(mergeVariables([undefined, odd, {}])).toEqual({ '--ok': '1px' });
  });
});

describe('modeOf', () => {
  it.each([
    [[], 'windoid'],
    [['iframe', 'popup'], 'iframe'],
    [[undefined, 'popup', 'redirect'], 'windoid'],
    [[undefined, undefined, 'redirect'], 'redirect'],
    [['somewhere', 'iframe'], 'iframe'],
    [['constructor'], 'windoid'],
  ])('is for %j %s', (wishes, mode) => {
    expect(modeOf(wishes)).toBe(mode);
  });
});

describe('mergeConfig', () => {
  it('changes attributes and variables one by one, and handlers as a whole', () => {
    const [first, second] = [() => {}, () => {}];
    const merged = mergeConfig(
      {
        attributes: { buttonType: 'sign-in', scope: 'email' },
        appearance: { variables: { '--a': '1', '--b': '2' } },
        onReady: first,
        onLoad: first,
      },
      {
        attributes: { scope: 'profile' },
        appearance: { variables: { '--b': '3' } },
        onLoad: second,
      },
    );
    expect(merged).toEqual({
      attributes: { buttonType: 'sign-in', scope: 'profile' },
      appearance: { variables: { '--a': '1', '--b': '3' } },
      onReady: first,
      onLoad: second,
    });
  });
});
