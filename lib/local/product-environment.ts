import type { EnvironmentVariables } from '../wiring/environment.ts'
import type { StackKeys } from './stack-keys.ts'

export interface StackAddresses {
  port: number
  supabaseUrl: string
  demoUrl: string
}

/**
 * The environment that functions and dashboard get: what the person set, completed by what this installation knows.
 * Values given from outside win, except for the address and keys of the embedded Supabase.
 */
export function productEnvironment(
  given: EnvironmentVariables,
  keys: StackKeys,
  addresses: StackAddresses,
): EnvironmentVariables {
  return {
    CRON_SECRET: keys.cronSecret,
    VIGIE_SECRET_KEY: keys.vigieSecretKey,
    VIGIE_URL: `http://localhost:${addresses.port}`,
    // Somebody's own machine: the demo target and what is being developed on it are there to be watched.
    VIGIE_ALLOW_TARGETS: '127.0.0.0/8,::1/128',
    // The console of `npm start` is read by a person.
    LOG_LEVEL: 'warn',
    ...given,
    PORT: String(addresses.port),
    VIGIE_LOCAL: '1',
    VIGIE_DEMO_URL: addresses.demoUrl,
    SUPABASE_URL: addresses.supabaseUrl,
    SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
    SUPABASE_SECRET_KEY: keys.secretKey,
    DO_NOT_TRACK: '1',
    LITE_TELEMETRY: '0',
  }
}
