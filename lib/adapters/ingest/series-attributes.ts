import type { Attributes } from '../../domain/series/sample.ts'
import type { RejectionCode } from '../../ports/telemetry-store.ts'
import { ATTRIBUTES_MAX, NAME_LENGTH_MAX, VALUE_LENGTH_MAX } from './limits.ts'

/** Values by name, later ones in place of earlier ones. A map, because a name may be `__proto__`. */
export type AttributeMap = ReadonlyMap<string, string>

export type SeriesAttributes =
  | { ok: true; environment: string; attributes: Attributes }
  | { ok: false; code: RejectionCode; field: string; message: string }

/** The stable name first, then the one it replaced (OpenTelemetry semantic conventions 1.27). */
const ENVIRONMENT_NAMES = ['deployment.environment.name', 'deployment.environment'] as const
/** Who does not say where it runs is taken for what matters most. */
const ENVIRONMENT_DEFAULT = 'production'

/** Splits the environment off: it is a part of a series' identity of its own. */
export function takeEnvironment(map: AttributeMap): { environment: string; rest: Map<string, string> } {
  const rest = new Map(map)
  const given = ENVIRONMENT_NAMES.map((name) => map.get(name)).find((value) => value !== undefined && value !== '')
  for (const name of ENVIRONMENT_NAMES) rest.delete(name)
  return { environment: given ?? ENVIRONMENT_DEFAULT, rest }
}

/**
 * The attributes of a series, in order of their names. One that has too many or too long ones is refused and not cut: two series could
 * become one by it.
 */
export function toSeriesAttributes(map: AttributeMap): SeriesAttributes {
  const { environment, rest } = takeEnvironment(map)
  if (environment.length > NAME_LENGTH_MAX) {
    const message = `may have ${NAME_LENGTH_MAX} characters, and has ${environment.length}`
    return { ok: false, code: 'too_long', field: 'deployment.environment.name', message }
  }
  if (rest.size > ATTRIBUTES_MAX) {
    const message = `may be ${ATTRIBUTES_MAX} with those of resource and scope, and are ${rest.size}`
    return { ok: false, code: 'too_long', field: 'attributes', message }
  }
  for (const [name, value] of rest) {
    if (name.length > NAME_LENGTH_MAX) {
      const message = `has a name of ${name.length} characters, and ${NAME_LENGTH_MAX} are allowed: ${name.slice(0, 40)}…`
      return { ok: false, code: 'too_long', field: 'attributes', message }
    }
    if (value.length > VALUE_LENGTH_MAX) {
      const message = `may have ${VALUE_LENGTH_MAX} characters, and has ${value.length}`
      return { ok: false, code: 'too_long', field: `attributes["${name}"]`, message }
    }
  }
  const attributes = Object.fromEntries([...rest].sort(([one], [other]) => (one < other ? -1 : 1)))
  return { ok: true, environment, attributes }
}
