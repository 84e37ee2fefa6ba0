// What both peers' prepare programs share: opaque tokens as they are minted and stored, progress,
// and the files that the load reads.

import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const mint = () => randomBytes(32).toString('base64url');
export const digest = (secret) => createHash('sha256').update(secret).digest();
export const now = () => Math.floor(Date.now() / 1000);

export const DAY = 24 * 3600;

/** DATA OUT USERS SAMPLE TOKENS, as bench/load gives them. */
export function readArguments() {
  const [data, out, users, sample, tokens] = process.argv.slice(2);
  return { data, out, users: Number(users), sample: Number(sample), tokens: Number(tokens) };
}

/** Whether the material of the nth of `users` is kept: evenly spread. */
export const isSampled = (n, users, sample) =>
  Math.floor((n * sample) / users) !== Math.floor(((n - 1) * sample) / users);

export function writeLines(folder, name, lines) {
  writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(''));
}

/** In a random order that is the same in every run: neighbours would share their pages. */
export function shuffle(rows) {
  let state = 1;
  for (let i = rows.length - 1; i > 0; i--) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const other = state % (i + 1);
    [rows[i], rows[other]] = [rows[other], rows[i]];
  }
  return rows;
}
