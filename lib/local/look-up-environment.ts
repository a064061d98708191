import type { LookUpVariable } from '../domain/configuration/interpolate.ts'

/** Variables of a process for a configuration file. One that is set to nothing counts as not set, as everywhere. */
export function lookUpEnvironment(env: Record<string, string | undefined>): LookUpVariable {
  return (name) => {
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    return value ? { ok: true, value } : { ok: false, message: 'is not set in the environment' }
  }
}
