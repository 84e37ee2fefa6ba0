import { describe, expect, it } from 'vitest';
import { canonicalLocale } from './locale';

describe('canonicalLocale', () => {
  it.each([
    ['fr', 'fr'],
    ['ro-RO', 'ro-RO'],
    ['pt_br', 'pt-BR'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['', 'en'],
    [undefined, 'en'],
    [null, 'en'],
    ['not a locale', undefined],
    ['<script>', undefined],
    ['en-', undefined],
    [`en-x-${'abcdefgh-'.repeat(4)}d`, undefined],
    [7, undefined],
  ])('makes of %j %j', (given, tag) => {
    expect(canonicalLocale(given)).toBe(tag);
  });
});
