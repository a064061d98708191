import { createSupabaseClient } from '../adapters/supabase/create-client.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { createLog } from '../adapters/system/log.ts'
import { systemRandom } from '../adapters/system/random.ts'
import { createSecretBox } from '../adapters/system/secret-box.ts'
import { type Environment, parseEnvironment } from './environment.ts'

/** The only folder that reads the environment and builds adapters: a file for each kind of caller. */

let cached: Environment | null = null

/** The checked environment. Throws, naming every wrong variable, when something is missing: nothing runs half-configured. */
export function environment(): Environment {
  if (cached !== null) return cached
  const parsed = parseEnvironment(process.env)
  if (!parsed.ok) {
    const lines = parsed.errors.map(({ name, message }) => `${name} ${message}`)
    throw new Error(`The environment is not complete: ${lines.join('; ')}`)
  }
  cached = parsed.value
  return cached
}

/** What the machine's own work shares. The secret key is used here and nowhere else. */
export function wireMachine() {
  const env = environment()
  const client = createSupabaseClient(env.supabaseUrl, env.supabaseSecretKey)
  const log = createLog(env.logLevel)
  return { env, client, log, clock: systemClock, random: systemRandom, secretBox: createSecretBox(env.secretKey) }
}
