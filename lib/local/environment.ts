import { existsSync } from 'node:fs'
import { z } from 'zod'
import {
  type EnvironmentError,
  type EnvironmentVariables,
  listErrors,
  type ParsedEnvironment,
  parseEnvironment,
  withoutEmpty,
} from '../wiring/environment.ts'
import { parseRegionEnvironment } from '../wiring/region-environment.ts'

/** What `npm start` itself needs to know before anything runs. */
export interface LocalEnvironment {
  port: number
  /** As given or `.vigie`; `isDataDirectoryChosen` tells which. */
  dataDirectory: string
  isDataDirectoryChosen: boolean
  adminEmail: string
  isAdminEmailChosen: boolean
  /** Null: one is made up and printed once. */
  adminPassword: string | null
}

const schema = z.object({
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, {
      error: 'should be a port number from 1 to 65535',
    })
    .transform(Number)
    .default(3000),
  VIGIE_DATA_DIR: z.string().optional(),
  VIGIE_ADMIN_EMAIL: z.email('should be an e-mail address, such as you@example.com').toLowerCase().optional(),
  VIGIE_ADMIN_PASSWORD: z.string().min(8, 'should have at least 8 characters').optional(),
  VIGIE_CONFIG: z
    .string()
    .refine((path) => existsSync(path), 'should be the path of a readable file, such as vigie.yaml')
    .optional(),
})

/** Values that the local stack sets itself; they make the rest of the environment checkable before it has them. */
const OWN_VALUES: EnvironmentVariables = {
  SUPABASE_URL: 'http://127.0.0.1',
  SUPABASE_PUBLISHABLE_KEY: 'own',
  SUPABASE_SECRET_KEY: 'own',
}

/** Checks everything that a person may set for `npm start`, at once, before anything is started. */
export function parseLocalEnvironment(env: EnvironmentVariables): ParsedEnvironment<LocalEnvironment> {
  const given = withoutEmpty(env)
  const local = schema.safeParse(given)
  const errors: EnvironmentError[] = local.success ? [] : listErrors(local.error)
  const product = parseEnvironment({
    CRON_SECRET: 'made-up-when-it-is-not-given',
    VIGIE_SECRET_KEY: Buffer.alloc(32).toString('base64'),
    VIGIE_URL: 'http://localhost:3000',
    ...given,
    ...OWN_VALUES,
  })
  if (!product.ok) errors.push(...product.errors)
  const regions = parseRegionEnvironment(given, '')
  if (!regions.ok) errors.push(...regions.errors)
  if (!local.success || errors.length > 0) return { ok: false, errors }
  const values = local.data
  return {
    ok: true,
    value: {
      port: values.PORT,
      dataDirectory: values.VIGIE_DATA_DIR ?? '.vigie',
      isDataDirectoryChosen: values.VIGIE_DATA_DIR !== undefined,
      adminEmail: values.VIGIE_ADMIN_EMAIL ?? 'admin@vigie.local',
      isAdminEmailChosen: values.VIGIE_ADMIN_EMAIL !== undefined,
      adminPassword: values.VIGIE_ADMIN_PASSWORD ?? null,
    },
  }
}
