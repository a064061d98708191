import type { StatusMatcher } from '../monitor/config.ts'

function boundsOf(matcher: StatusMatcher): [from: number, to: number] {
  if (typeof matcher === 'number') return [matcher, matcher]
  if (matcher.endsWith('xx')) {
    const from = Number(matcher[0]) * 100
    return [from, from + 99]
  }
  return [Number(matcher.slice(0, 3)), Number(matcher.slice(4, 7))]
}

/** True when one of `200`, `"2xx"`, `"200-299"` covers the status. An explicit list replaces the default 2xx, as in blackbox_exporter. */
export function matchesStatus(matchers: readonly StatusMatcher[], statusCode: number): boolean {
  for (const matcher of matchers) {
    if (matcher === statusCode) return true
    const [from, to] = boundsOf(matcher)
    if (statusCode >= from && statusCode <= to) return true
  }
  return false
}

/** `200 to 299`, `200, 204 or 300 to 399`. */
export function describeStatuses(matchers: readonly StatusMatcher[]): string {
  const words = matchers.map((matcher) => {
    const [from, to] = boundsOf(matcher)
    return from === to ? `${from}` : `${from} to ${to}`
  })
  const last = words.pop() ?? ''
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`
}
