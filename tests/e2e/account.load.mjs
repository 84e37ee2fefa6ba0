// Load: the account page of a person with many connected apps. Apps and connections are written into
// the store beside the server, since making them one by one would take longer than what is measured.
//   node account.load.mjs [connections]      figures on stdout as JSON

import { execFileSync } from 'node:child_process';
import { newestCode, PlainBrowser, startServer } from './support/server.mjs';

const connections = Number(process.argv[2] ?? 10_000);
const few = 21; // two pages
const rounds = 400;

const seed = `
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=30)
now, wanted = int(time.time()), int(sys.argv[2])
[(user,)] = db.execute("SELECT id FROM users").fetchall()
for i in range(db.execute("SELECT count(*) FROM connections").fetchone()[0], wanted):
    client = os.urandom(16)
    db.execute("INSERT INTO clients (id, realm_id, name, origins, redirect_uris, scopes, created_at)"
               " SELECT ?, id, ?, '24:https://shop.example.com,', '', '', ? FROM realms LIMIT 1",
               (client, f"Shop {i}", now))
    db.execute("INSERT INTO connections (user_id, client_id, state, revocations, scopes, created_at, updated_at)"
               " VALUES (?, ?, 1, 0, 'email', ?, ?)", (user, client, now, now))
db.commit()
`;

const server = await startServer();
const person = new PlainBrowser(server.origin);
const asked = await person.submit(await person.get('/account'), '/sign-in/email', {
  email: 'ada@example.com',
});
await person.submit(asked, '/sign-in/code', { code: await newestCode(server) });

async function measure(next) {
  for (let i = 0; i < 50; i += 1) await person.get('/account'); // warm
  const before = server.usage().cpuSeconds;
  const times = [];
  let target = '/account';
  for (let i = 0; i < rounds; i += 1) {
    const began = performance.now();
    const page = await person.get(target);
    times.push(performance.now() - began);
    if (!page.body.includes('Your account')) throw new Error(`not the account: ${page.status}`);
    target = next(page) ?? '/account';
  }
  times.sort((a, b) => a - b);
  const cpu = server.usage().cpuSeconds - before;
  const ms = (share) => Number(times[Math.floor(rounds * share)].toFixed(2));
  return { cpuMicroseconds: Math.round((cpu * 1e6) / rounds), p50Ms: ms(0.5), p99Ms: ms(0.99) };
}
const following = (page) => /href="(\/account\?after=[^"]+)"/.exec(page.body)?.[1];

const figures = {};
for (const count of [few, connections]) {
  execFileSync('python3', ['-c', seed, `${server.data}/latchkey.db`, String(count)]);
  figures[count] = { firstPage: await measure(() => undefined), nextPages: await measure(following) };
}
console.log(JSON.stringify(figures, undefined, 2));
await server.stop();
