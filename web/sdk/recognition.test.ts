import { describe, expect, it } from 'vitest';
import { recognitionOf } from './recognition';

describe('recognitionOf', () => {
  it.each([true, false])('is what the server says: %s', (recognized) => {
    expect(recognitionOf({ recognized })).toEqual({ recognized, failed: false });
  });

  it.each(['invalid_client', 'invalid_origin'])('names a mistake of the page: %s', (error) => {
    const { recognized, problem } = recognitionOf({ error });
    expect([recognized, problem?.code]).toEqual([false, error]);
  });

  it.each([null, 'true', {}, { recognized: 'yes' }, { error: 'rate_limited' }])(
    'is "no" for %j',
    (answer) => {
      expect(recognitionOf(answer)).toEqual({ recognized: false, failed: true });
    },
  );

  it('passes nothing else on', () => {
    const answer = { recognized: true, email: 'ada@example.com', sub: 'x' };
    expect(recognitionOf(answer)).toEqual({ recognized: true, failed: false });
  });
});
