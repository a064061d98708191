import { cleanText } from '../text.ts'
import { anyValueText } from './any-value.ts'
import type { KeyValue } from './schema.ts'

/**
 * What resources say about the machine and the SDK, and not about the measurement. It changes with each deployment or restart, and each
 * change would make every series anew. The host's name stays: it tells one server's memory from another's. `service.instance.id` stays
 * as well: without it the totals of two instances are one zigzag.
 */
const DROPPED = /^(telemetry\.|process\.|os\.|host\.(?!name$))/

/** The library that measures; two of them may use one name for different things. */
const SCOPE_NAME = 'otel.scope.name'

/** What resource and scope say, for all points below them. The scope's own attributes win. */
export function sharedAttributes(
  resource: readonly KeyValue[],
  scope: { name: string; attributes: readonly KeyValue[] },
): Map<string, string> {
  const shared = new Map<string, string>()
  addAttributes(
    shared,
    resource.filter(({ key }) => !DROPPED.test(key)),
  )
  if (scope.name !== '') shared.set(SCOPE_NAME, cleanText(scope.name))
  addAttributes(shared, scope.attributes)
  return shared
}

/** Adds a point's or a line's own attributes, which win. */
export function withAttributes(shared: ReadonlyMap<string, string>, own: readonly KeyValue[]): Map<string, string> {
  const all = new Map(shared)
  addAttributes(all, own)
  return all
}

function addAttributes(map: Map<string, string>, given: readonly KeyValue[]): void {
  for (const { key, value } of given) {
    const text = anyValueText(value)
    if (key !== '' && text !== null) map.set(cleanText(key), text)
  }
}
