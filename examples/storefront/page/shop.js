// Fern & Fable's page. It shows what the shop's own server says about this browser's session, and
// hands that server the consent token of a sign-in. It never sees any other token.

const LATCHKEY = contentOf('latchkey');
const CLIENT_ID = contentOf('client-id');

const TEXTS = {
  signedIn: 'You are signed in. Your card is below.',
  refreshed: 'Your token was refreshed: the shop can look after your card for another',
  reread: 'Read again. This is what Latchkey says about you now.',
  signedOut: 'You are signed out. See you soon.',
  sessionOver: 'Your visit has ended. Sign in again to see your card.',
  withdrawn: 'Access was withdrawn: the shop can no longer see your data. ' +
    'If that was not what you wanted, sign in again.',
  refused: 'That sign-in did not count: it took too long, or was used already. Please try again.',
  unreachable: 'The sign-in service does not answer right now. Nothing is lost: ' +
    'please try again in a minute.',
  shopError: 'Something is wrong on our side. Please try again in a little while.',
  offline: 'The shop cannot be reached. Are you online?',
  popup_blocked: 'Your browser blocked the sign-in window. ' +
    'Please allow pop-ups for this page and try again.',
  popup_closed: 'The sign-in window was closed before the end. ' +
    'You can start again whenever you like.',
  access_denied: 'All right: nothing was shared. You can sign in at any other time.',
  signInFailed: 'The sign-in did not work out. Please try again.',
};

function contentOf(name) {
  return document.querySelector(`meta[name="${name}"]`).content;
}
const $ = (selector) => document.querySelector(selector);
const field = (name) => $(`[data-field="${name}"]`);

function tell(text, kind = 'good') {
  $('#notice').dataset.kind = kind;
  $('#notice').textContent = text;
}

// One request to the shop's server: its answer, or a state that says that there is none.
async function ask(path, options) {
  try {
    const answer = await fetch(path, options);
    const json = await answer.json();
    return json.state ? json : { state: 'shop_error' };
  } catch {
    return { state: 'offline' };
  }
}

const post = (path, body) => ask(path, {
  method: 'POST',
  headers: body ? { 'Content-Type': 'application/json' } : {},
  body: body ? JSON.stringify(body) : undefined,
});

function minutes(seconds) {
  const whole = Math.max(1, Math.round(seconds / 60));
  return `${whole} ${whole === 1 ? 'minute' : 'minutes'}`;
}

function longDate(iso) {
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
}

function showCustomer(customer) {
  const { givenName, name, email, membership } = customer;
  const called = givenName ?? name;
  $('#greeting').textContent = called ? `Welcome, ${called}.` : 'Welcome.';
  field('name').textContent = name ?? 'not shared';
  field('email').textContent = email ?? 'not shared';
  field('verified').hidden = !(email && customer.emailVerified);
  field('scope').textContent = customer.scope.split(' ').join(', ');
  field('publicId').textContent = customer.publicId;
  field('access').textContent = minutes(customer.accessExpiresInSeconds);
  field('tier').textContent = membership.tier;
  field('since').textContent = longDate(membership.since);
  $('#welcome').hidden = true;
  $('#account').hidden = false;
}

function showWelcome() {
  $('#account').hidden = true;
  $('#welcome').hidden = false;
  for (const element of document.querySelectorAll('[data-field]:not(.badge)')) {
    element.textContent = '';
  }
  void offerSignIn();
}

// What the server answered, made visible. `done` is what to say when it went well.
function show(answer, done) {
  switch (answer.state) {
    case 'signed_in':
      showCustomer(answer.customer);
      return done && tell(done(answer.customer));
    case 'signed_out':
      showWelcome();
      return done && tell(TEXTS.sessionOver);
    case 'access_withdrawn':
      showWelcome();
      return tell(TEXTS.withdrawn, 'bad');
    case 'sign_in_refused': return tell(TEXTS.refused, 'bad');
    case 'unreachable': return tell(TEXTS.unreachable, 'bad');
    case 'offline': return tell(TEXTS.offline, 'bad');
    default: return tell(TEXTS.shopError, 'bad');
  }
}

// A button that is busy until its answer is there; a second press meanwhile does nothing.
function onPress(selector, work) {
  const button = $(selector);
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    try {
      await work();
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
}

let login;

async function offerSignIn() {
  if (login) return;
  try {
    const { initialize } = await import(`${LATCHKEY}/sdk/loader.sdk.esm.js`);
    const sdk = initialize({ apiKey: CLIENT_ID, features: { login: true } });
    login ??= await sdk.create('login', {
      attributes: { scope: 'shop_app:oauth' },
      appearance: {
        variables: {
          '--buttons-background': '#2f5d46',
          '--buttons-color': '#ffffff',
          '--buttons-radius': '12px',
        },
      },
      onComplete: signIn,
      onError: ({ code }) => tell(TEXTS[code] ?? TEXTS.signInFailed, 'bad'),
      onRestart: () => tell(''),
    });
    $('#login-container').replaceChildren(login.element);
  } catch {
    offerAnotherTry();
  }
}

function offerAnotherTry() {
  tell(TEXTS.unreachable, 'bad');
  const again = document.createElement('button');
  again.type = 'button';
  again.textContent = 'Try again';
  // A module that failed to load stays failed for this page: only a new page asks again.
  again.addEventListener('click', () => window.location.reload());
  $('#login-container').replaceChildren(again);
}

async function signIn(event) {
  if (!event.signedIn || !event.shopConsentToken) return tell(TEXTS.signInFailed, 'bad');
  tell('Signing you in …');
  show(await post('/session', { consentToken: event.shopConsentToken }), () => TEXTS.signedIn);
  if (!$('#account').hidden) $('#greeting').focus();
}

onPress('#refresh', async () => {
  show(await post('/session/refresh'), (customer) =>
    `${TEXTS.refreshed} ${minutes(customer.accessExpiresInSeconds)}.`);
});
onPress('#reread', async () => show(await post('/session/reread'), () => TEXTS.reread));
onPress('#sign-out', async () => {
  const answer = await post('/session/end');
  show(answer);
  if (answer.state === 'signed_out') tell(TEXTS.signedOut);
});

show(await ask('/session'));
if ($('#account').hidden) showWelcome();
