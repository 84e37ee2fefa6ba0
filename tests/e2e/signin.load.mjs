// Load: many people sign in at once, each in a browser of their own, with codes by real mail. All of
// them are in flight together: none types a code before the last has asked for one. Each comes from
// an address of its own in 127.0.0.0/8, since the limits per peer are as in production.
//   node signin.load.mjs [people]      figures on stdout as JSON; a failure is exit status 1

import { SMTPServer } from 'smtp-server';
import { freePorts } from './support/processes.mjs';
import { createApp, PlainBrowser, signInUrl, startServer } from './support/server.mjs';

const people = Number(process.argv[2] ?? 500);
const codes = new Map(); // by address, as the mail brings them
const [smtpPort] = await freePorts(1);
const smtp = new SMTPServer({
  hideSTARTTLS: true,
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, session, done) {
    const [{ address }] = session.envelope.rcptTo;
    let text = '';
    stream.on('data', (bytes) => (text += bytes));
    stream.on('end', () => {
      codes.set(address, /^Subject: (\d{6})/m.exec(text)[1]);
      done();
    });
  },
});
await new Promise((resolve) => smtp.listen(smtpPort, '127.0.0.1', resolve));
const server = await startServer({
  dev: false,
  config: `[smtp]\nurl = "smtp://127.0.0.1:${smtpPort}"\nfrom = "signin@example.com"\n`,
});
const app = await createApp(server, 'http://127.0.0.1:9');
const took = { page: [], email: [], code: [], consent: [] };
let failed = 0;

async function timed(step, work) {
  const began = performance.now();
  const result = await work();
  took[step].push(performance.now() - began);
  return result;
}
const idle = server.usage();

const began = performance.now();
const waiting = await Promise.all(Array.from({ length: people }, async (_, i) => {
  const email = `person${i}@example.com`;
  const visitor = new PlainBrowser(server.origin, { localAddress: `127.0.${1 + (i >> 5)}.${1 + (i & 31)}` });
  const url = signInUrl(server, app, { origin: 'http://127.0.0.1:9', scope: 'email', flow: `f${i}` });
  const page = await timed('page', () => visitor.get(url));
  const code = await timed('email', () => visitor.submit(page, '/sign-in/email', { email }));
  return { email, visitor, code };
}));
const asked = (performance.now() - began) / 1000;
await Promise.all(waiting.map(async ({ email, visitor, code }) => {
  while (!codes.has(email)) await new Promise((resolve) => setTimeout(resolve, 50));
  const consent = await timed('code', () => visitor.submit(code, '/sign-in/code', { code: codes.get(email) }));
  const done = await timed('consent', () => visitor.submit(consent, '/sign-in/consent', { action: 'agree' }));
  if (!/shopConsentToken/.test(done.body)) failed += 1;
}));
const all = (performance.now() - began) / 1000;
const used = server.usage();
const cpu = used.cpuSeconds - idle.cpuSeconds;
const round = (number) => Number(number.toFixed(2));
const figures = (times) => {
  times.sort((a, b) => a - b);
  const at = (share) => round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};
console.log(JSON.stringify({
  people,
  failed,
  secondsUntilAllHadAsked: round(asked),
  secondsUntilAllWereIn: round(all),
  serverCpuSeconds: round(cpu),
  serverCpuMsEach: round((cpu * 1000) / people),
  residentMib: { idle: round(idle.rssMib), after: round(used.rssMib), peak: round(used.peakMib) },
  stepMs: Object.fromEntries(Object.entries(took).map(([step, times]) => [step, figures(times)])),
}, undefined, 2));
process.exitCode = failed > 0 ? 1 : 0;
await server.stop();
await new Promise((resolve) => smtp.close(resolve));
