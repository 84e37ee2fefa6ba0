// Passkeys on the sign-in and account pages. The server writes what to ask for into a JSON block,
// and gets the answer as a plain form, so that nothing here needs a connection of its own.

interface SignInRequest {
  challenge: string;
  rpId: string;
}

interface RegistrationRequest extends SignInRequest {
  rpName: string;
  user: { id: string; name: string; displayName: string };
  algorithms: number[];
  exclude: string[];
}

export function toBase64Url(bytes: ArrayBuffer | null): string {
  let text = '';
  for (const byte of new Uint8Array(bytes ?? new ArrayBuffer(0))) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function requestOf<T>(id: string): T | undefined {
  const block = document.getElementById(id);
  return block ? (JSON.parse(block.textContent ?? '') as T) : undefined;
}

function send(form: HTMLFormElement, parts: Record<string, string>): void {
  for (const [name, value] of Object.entries(parts)) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = `passkey_${name}`;
    input.value = value;
    form.append(input);
  }
  form.submit();
}

/** A press that came to nothing: cancelled, timed out, or no passkey here. */
function sayFailed(form: HTMLFormElement): void {
  form.removeAttribute('aria-busy');
  const problem = form.querySelector<HTMLElement>('[role="alert"]');
  if (problem) problem.hidden = false;
}

function supported(): boolean {
  return typeof PublicKeyCredential === 'function' && isSecureContext;
}

export async function offerPasskeys(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>('form#passkey');
  const request = requestOf<SignInRequest>('passkey_request');
  if (!form || !request) return;
  form.hidden = !supported();
  if (form.hidden) return;
  let autofill = new AbortController();

  const ask = async (conditional: boolean): Promise<void> => {
    autofill.abort();
    autofill = new AbortController();
    const credential = (await navigator.credentials.get({
      ...(conditional ? { mediation: 'conditional' } : {}),
      signal: autofill.signal,
      publicKey: {
        challenge: fromBase64Url(request.challenge),
        rpId: request.rpId,
        userVerification: 'required',
      },
    })) as PublicKeyCredential | null;
    if (!credential) return;
    const answer = credential.response as AuthenticatorAssertionResponse;
    send(form, {
      credential_id: toBase64Url(credential.rawId),
      client_data: toBase64Url(answer.clientDataJSON),
      authenticator_data: toBase64Url(answer.authenticatorData),
      signature: toBase64Url(answer.signature),
      user_handle: toBase64Url(answer.userHandle),
    });
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask(false).catch(() => sayFailed(form));
  });
  // The browser offers passkeys in the e-mail field's own suggestions.
  const conditional = await PublicKeyCredential.isConditionalMediationAvailable?.();
  if (conditional) ask(true).catch(() => undefined);
}

export function addPasskeys(): void {
  const form = document.querySelector<HTMLFormElement>('form#add_passkey');
  const request = requestOf<RegistrationRequest>('passkey_registration');
  if (!form || !request || !supported()) return;
  form.hidden = false;

  const create = async (): Promise<void> => {
    const credential = (await navigator.credentials.create({
      publicKey: {
        challenge: fromBase64Url(request.challenge),
        rp: { id: request.rpId, name: request.rpName },
        user: { ...request.user, id: fromBase64Url(request.user.id) },
        pubKeyCredParams: request.algorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: request.exclude.map((id) => ({
          type: 'public-key',
          id: fromBase64Url(id),
        })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
      },
    })) as PublicKeyCredential | null;
    if (!credential) return;
    const answer = credential.response as AuthenticatorAttestationResponse;
    send(form, {
      client_data: toBase64Url(answer.clientDataJSON),
      attestation_object: toBase64Url(answer.attestationObject),
    });
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    create().catch(() => sayFailed(form));
  });
}
