// The name is replaced by its value at build time: without one, the condition is false and the SDK is in no bundle.
const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN
if (dsn) void import('./sentry.client.config.ts').then(({ initSentry }) => initSentry(dsn))
