import { METRIC_TYPES, type MetricType } from '../../../domain/probe/exposition.ts'
import type { LineFault } from './line-scanner.ts'

/** What a line that begins with `#` says of a family. */
export type Metadata =
  | { keyword: 'TYPE'; name: string; type: MetricType }
  | { keyword: 'HELP' | 'UNIT'; name: string; text: string }

export type MetadataReading = { ok: true; metadata: Metadata | null } | { ok: false; fault: LineFault }

const STRICT = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/s
const LOOSE = /^#[ \t]+(TYPE|HELP)[ \t]+([a-zA-Z_:][a-zA-Z0-9_:]*)(?:[ \t]+(.*))?$/s
const STRICT_TYPES: ReadonlyMap<string, MetricType> = new Map(METRIC_TYPES.map((type) => [type, type]))
const LOOSE_TYPES: ReadonlyMap<string, MetricType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
  ['untyped', 'unknown'],
])

/** OpenMetrics knows metadata alone behind a `#`. */
export function readStrictMetadata(line: string): MetadataReading {
  const [, keyword, name = '', text = ''] = STRICT.exec(line) ?? []
  if (keyword === 'TYPE') return readType(name, text, STRICT_TYPES)
  if (keyword === 'HELP' || keyword === 'UNIT') return { ok: true, metadata: { keyword, name, text } }
  return { ok: false, fault: { expected: '# TYPE, # UNIT, # HELP or # EOF', got: line } }
}

/** In the text format 0.0.4 everything else behind a `#` is a comment: null. */
export function readLooseMetadata(line: string): MetadataReading {
  const [, keyword, name = '', text = ''] = LOOSE.exec(line) ?? []
  if (keyword === 'TYPE') return readType(name, text.trim(), LOOSE_TYPES)
  if (keyword === 'HELP') return { ok: true, metadata: { keyword, name, text } }
  return /^#[ \t]+TYPE(?:[ \t]|$)/.test(line)
    ? { ok: false, fault: { expected: '# TYPE, the name of a metric and its type', got: line } }
    : { ok: true, metadata: null }
}

function readType(name: string, text: string, known: ReadonlyMap<string, MetricType>): MetadataReading {
  const type = known.get(text)
  if (type !== undefined) return { ok: true, metadata: { keyword: 'TYPE', name, type } }
  const expected = `one of the types ${[...known.keys()].join(', ')}`
  return { ok: false, fault: { expected, got: text === '' ? 'nothing' : text } }
}
