// better-sqlite3 as a careful user opens it: WAL, and an fsync with every commit.

import Database from 'better-sqlite3';
import { join } from 'node:path';

export function open(folder) {
  const database = new Database(join(folder, 'store.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = OFF');
  database.pragma('cache_size = -8192');
  return database;
}
