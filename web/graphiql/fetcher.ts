// How GraphiQL asks the server. Without credentials nothing is sent: the answer would be a 401.

import type { Fetcher } from '@graphiql/toolkit';

export function createFetcher(endpoint: string, authorization: string | undefined): Fetcher {
  return async (operation, options) => {
    const typed = new Headers(options?.headers as Record<string, string> | undefined);
    if (authorization && !typed.has('authorization')) typed.set('authorization', authorization);
    if (!typed.has('authorization')) {
      return { errors: [{ message: 'Fill in the credentials above and press Connect.' }] };
    }
    typed.set('content-type', 'application/json');
    typed.set('accept', 'application/graphql-response+json, application/json;q=0.9');
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: typed,
      body: JSON.stringify(operation),
      credentials: 'omit',
    });
    return answer.json();
  };
}
