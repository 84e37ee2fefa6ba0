// GraphiQL for one API, with a form for its credentials above it.

import { GraphiQL } from 'graphiql';
import { useMemo, useState, type FormEvent } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import { apiNamed, authorizationFor, fieldsFor, type Api, type Credentials } from './credentials';
import { createFetcher } from './fetcher';
import './page.css';

const STARTERS: Record<Api, string> = {
  partners: `query Definitions {
  metafieldDefinitions(first: 10) {
    nodes {
      namespace
      key
      name
      type {
        name
      }
    }
  }
}
`,
  users: `query CurrentUser {
  user {
    sub
    email
    emailVerified
    name
  }
}
`,
};

function Page({ api, endpoint }: { api: Api; endpoint: string }) {
  const [authorization, setAuthorization] = useState<string>();
  const [connections, setConnections] = useState(0);
  const fetcher = useMemo(() => createFetcher(endpoint, authorization), [endpoint, authorization]);

  function connect(given: Credentials) {
    setAuthorization(authorizationFor(api, given));
    setConnections((count) => count + 1);
  }
  // A new key mounts GraphiQL anew, which fetches the schema with the new credentials.
  return (
    <>
      <ConnectForm api={api} endpoint={endpoint} onConnect={connect} />
      <div className="explorer">
        <GraphiQL
          key={connections}
          fetcher={fetcher}
          defaultQuery={STARTERS[api]}
          defaultEditorToolsVisibility="variables"
          isHeadersEditorEnabled
          shouldPersistHeaders={false}
        />
      </div>
    </>
  );
}

interface ConnectFormProps {
  api: Api;
  endpoint: string;
  onConnect(given: Credentials): void;
}

function ConnectForm({ api, endpoint, onConnect }: ConnectFormProps) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].map(([k, v]) => [k, String(v).trim()]);
    onConnect(Object.fromEntries(entries) as Credentials);
  }
  return (
    <form className="connect" onSubmit={submit} autoComplete="off">
      <h1>
        {api === 'partners' ? 'Partners API' : 'Users API'} <code>{endpoint}</code>
      </h1>
      {fieldsFor(api).map((field) => (
        <label key={field.name}>
          {field.label}
          <input
            name={field.name}
            type={field.type}
            required
            spellCheck={false}
            autoComplete="off"
          />
        </label>
      ))}
      <button type="submit">Connect</button>
    </form>
  );
}

const place = document.getElementById('graphiql');
if (!place) throw new Error('the page has no #graphiql');
const api = apiNamed(place.dataset['api']);
createRoot(place).render(<Page api={api} endpoint={place.dataset['endpoint'] ?? ''} />);
