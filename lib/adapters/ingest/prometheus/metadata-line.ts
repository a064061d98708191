import { METRIC_TYPES, type MetricType } from '../../../domain/probe/exposition.ts'
import type { LineFault } from './line-scanner.ts'

/** What a line that begins with `#` says of a family. */
export type Metadata =
  | { keyword: 'TYPE'; name: string; type: MetricType }
  | { keyword: 'HELP' | 'UNIT'; name: string; text: string }

export type MetadataReading = { ok: true; metadata: Metadata | null } | { ok: false; fault: LineFault }

const STRICT = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/s
const LOOSE = /^#[ \t]+(TYPE|HELP)[ \t]+([a-zA-Z_:][a-zA-Z0-9_:]*)(?:[ \t]+(.*))?$/s
const LOOSE_TYPES: readonly string[] = ['counter', 'gauge', 'histogram', 'summary', 'untyped']

/** OpenMetrics knows metadata alone behind a `#`. */
export function readStrictMetadata(line: string): MetadataReading {
  const [, keyword, name = '', text = ''] = STRICT.exec(line) ?? []
  if (keyword === 'TYPE') return readType(name, text, METRIC_TYPES)
  if (keyword === 'HELP' || keyword === 'UNIT') return { ok: true, metadata: { keyword, name, text } }
  return { ok: false, fault: { expected: '# TYPE, # UNIT, # HELP or # EOF', got: line } }
}

/** In the text format 0.0.4 everything else behind a `#` is a comment: null. */
export function readLooseMetadata(line: string): MetadataReading {
  const [, keyword, name = '', text = ''] = LOOSE.exec(line) ?? []
  if (keyword === 'TYPE') {
    const type = text.trim()
    return LOOSE_TYPES.includes(type)
      ? readType(name, type === 'untyped' ? 'unknown' : type, METRIC_TYPES)
      : readType(name, type, LOOSE_TYPES)
  }
  if (keyword === 'HELP') return { ok: true, metadata: { keyword, name, text } }
  return /^#[ \t]+TYPE(?:[ \t]|$)/.test(line)
    ? { ok: false, fault: { expected: '# TYPE, the name of a metric and its type', got: line } }
    : { ok: true, metadata: null }
}

function readType(name: string, text: string, known: readonly string[]): MetadataReading {
  const type = METRIC_TYPES.find((one) => one === text)
  if (type !== undefined) return { ok: true, metadata: { keyword: 'TYPE', name, type } }
  return { ok: false, fault: { expected: `one of the types ${known.join(', ')}`, got: text === '' ? 'nothing' : text } }
}
