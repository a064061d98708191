/** Base units with which names of Prometheus end, in UCUM (prometheus.io/docs/practices/naming). */
const UNITS: Record<string, string> = {
  seconds: 's',
  milliseconds: 'ms',
  bytes: 'By',
  ratio: '1',
  celsius: 'Cel',
  meters: 'm',
  volts: 'V',
  amperes: 'A',
  joules: 'J',
  grams: 'g',
}

/**
 * The unit that a metric's name says: `http_request_duration_seconds` → `s`; empty when it says none. From the name and not from `# UNIT`,
 * which must agree with it: an address that changes its format keeps its series.
 */
export function unitOf(name: string): string {
  const word = /_([a-z]+)(?:_total|_sum)?$/.exec(name)?.[1] ?? ''
  return Object.hasOwn(UNITS, word) ? (UNITS[word] ?? '') : ''
}
