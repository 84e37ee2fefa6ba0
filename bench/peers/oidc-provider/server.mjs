//   node server.mjs DATA PORT

import { makeProvider } from './provider.mjs';

const [data, port] = process.argv.slice(2);
const { provider } = makeProvider(data, port);
provider.listen(Number(port), '127.0.0.1');
