import { describe, expect, it } from 'vitest';
import { mergeVariables } from './settings';

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
