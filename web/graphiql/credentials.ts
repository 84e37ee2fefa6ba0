// The two APIs authenticate differently: Partners by client ID and secret (HTTP Basic), Users by an
// access token (Bearer). What is typed stays in this page's memory and is never stored.

export type Api = 'partners' | 'users';

export interface Field {
  name: 'clientId' | 'clientSecret' | 'accessToken';
  label: string;
  type: 'text' | 'password';
}

const fields: Record<Api, readonly Field[]> = {
  partners: [
    { name: 'clientId', label: 'Client ID', type: 'text' },
    { name: 'clientSecret', label: 'Client secret', type: 'password' },
  ],
  users: [{ name: 'accessToken', label: 'Access token', type: 'password' }],
};

export type Credentials = Partial<Record<Field['name'], string>>;

export function fieldsFor(api: Api): readonly Field[] {
  return fields[api];
}

/** The Authorization header, or undefined while something is missing. */
export function authorizationFor(api: Api, given: Credentials): string | undefined {
  if (fields[api].some(({ name }) => !given[name])) return undefined;
  return api === 'partners'
    ? `Basic ${base64(`${given.clientId}:${given.clientSecret}`)}`
    : `Bearer ${given.accessToken}`;
}

/** The page's data-api; anything but "users" is the Partners API. */
export function apiNamed(name: string | undefined): Api {
  return name?.toLowerCase() === 'users' ? 'users' : 'partners';
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
