import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{sdk,signin,graphiql}/**/*.test.ts', 'dist.test.ts'], environment: 'node' },
});
