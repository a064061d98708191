import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const withDatabase = ['./tests/support/vitest-postgres.ts']

/**
 * `npx vitest run --project domain` runs one of these. Each project that names a database shares one throw-away server
 * with the others; every test file gets a database of its own.
 */
export default defineConfig({
  // `@/` is for app/ alone; tests of components need it.
  resolve: { alias: { '@': root } },
  test: {
    // The machines that run this have two cores; the database and the browser want some of them too.
    maxWorkers: 2,
    env: { DO_NOT_TRACK: '1', LITE_TELEMETRY: '0', TZ: 'UTC', LOG_LEVEL: 'silent' },
    projects: [
      {
        extends: true,
        test: {
          name: 'domain',
          include: ['tests/{domain,wiring}/**/*.test.ts', 'tests/ui/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
          // Nothing here outlives its test: loading the same modules for each of a hundred files would be half of the time.
          isolate: false,
          // Properties over every time zone take seconds, and more while the browser tests share the two cores.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'adapters',
          include: ['tests/adapters/**/*.test.{ts,tsx}', 'tests/api/**/*.test.ts'],
          globalSetup: withDatabase,
          // Fuzzing takes seconds, and more while the browser tests share the two cores.
          testTimeout: 60_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'differential',
          include: ['tests/differential/**/*.test.ts'],
          // Another program is asked the same questions.
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['tests/{sql,flows,commands,queries,tasks,support}/**/*.test.ts'],
          globalSetup: withDatabase,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'local',
          include: ['tests/local/**/*.test.ts'],
          globalSetup: withDatabase,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['./tests/e2e/support/global-setup.ts'],
          // One browser and one whole product at a time.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
