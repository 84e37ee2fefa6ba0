// The storage adapter that oidc-provider asks for, on better-sqlite3: prepared statements, one
// table, one commit a call, which is what its interface allows.

import { now } from '../material.mjs';

export const tables = `
  CREATE TABLE IF NOT EXISTS payloads (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, grant_id TEXT,
    expires_at INTEGER, consumed_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (model, id)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS payloads_of_grant ON payloads (grant_id) WHERE grant_id IS NOT NULL;
  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, given_name TEXT, family_name TEXT
  ) STRICT, WITHOUT ROWID;`;

export function makeAdapter(database) {
  const upsert = database.prepare(`
    INSERT INTO payloads (model, id, payload, grant_id, expires_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (model, id) DO UPDATE SET
      payload = excluded.payload, grant_id = excluded.grant_id, expires_at = excluded.expires_at`);
  const find = database.prepare(
    'SELECT payload, expires_at, consumed_at FROM payloads WHERE model = ? AND id = ?');
  const destroy = database.prepare('DELETE FROM payloads WHERE model = ? AND id = ?');
  const revoke = database.prepare('DELETE FROM payloads WHERE grant_id = ?');
  const consume = database.prepare(
    'UPDATE payloads SET consumed_at = ? WHERE model = ? AND id = ?');

  return class SqliteAdapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn ? now() + expiresIn : null;
      upsert.run(this.model, id, JSON.stringify(payload), payload.grantId ?? null, expiresAt);
    }

    async find(id) {
      const row = find.get(this.model, id);
      if (!row || (row.expires_at !== null && row.expires_at <= now())) return undefined;
      const payload = JSON.parse(row.payload);
      return row.consumed_at > 0 ? { ...payload, consumed: row.consumed_at } : payload;
    }

    // Of sessions and the device flow, which no job uses.
    async findByUid() {
      return undefined;
    }

    async findByUserCode() {
      return undefined;
    }

    async destroy(id) {
      destroy.run(this.model, id);
    }

    async revokeByGrantId(grantId) {
      revoke.run(grantId);
    }

    async consume(id) {
      consume.run(now(), this.model, id);
    }
  };
}
