/**
 * Whether a text is OpenMetrics 1.0, as far as counters, gauges, info and states go: what is wrong with it, or null. Written from the
 * specification's grammar (prometheus.io/docs/specs/om/open_metrics_spec) and held to the parser cases of its repository.
 */
export function findOpenMetricsFault(text: string): string | null {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  if (lines.pop() !== '# EOF') return 'does not end with # EOF'
  const families = new Map<string, Family>()
  let current: Family | null = null
  for (const line of lines) {
    const isMetadata = line.startsWith('#')
    const fault: Family | string = isMetadata
      ? readMetadata(line, families, current)
      : readSample(line, families, current)
    if (typeof fault === 'string') return `${fault}: ${line}`
    current = fault
  }
  return [...families.values()].map(findNameClash(families)).find((fault) => fault !== null) ?? null
}

interface Family {
  name: string
  type: string
  metadata: Set<string>
  /** Newest timestamp by labels; undefined for a sample without one. */
  samples: Map<string, number | undefined>
  lastLabels: string | null
}

const METADATA = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/s
const TYPES = ['unknown', 'gauge', 'counter', 'info', 'stateset']
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? (\S+)(?: (\S+))?$/s
const LABELS = /^(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\.)*"(?:,(?=[a-zA-Z_])|$))*$/s
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/gs
const ENDS: Record<string, readonly string[]> = {
  counter: ['_total', '_created'],
  info: ['_info'],
  gauge: [''],
  stateset: [''],
  unknown: [''],
}

function open(name: string, families: Map<string, Family>): Family {
  const family = { name, type: 'unknown', metadata: new Set<string>(), samples: new Map(), lastLabels: null }
  families.set(name, family)
  return family
}

function readMetadata(line: string, families: Map<string, Family>, current: Family | null): Family | string {
  const [, kind = '', name = '', rest = ''] = METADATA.exec(line) ?? []
  if (kind === '') return 'no metadata'
  if (families.has(name) && current?.name !== name) return 'a family in two places'
  const family = families.get(name) ?? open(name, families)
  if (family.metadata.has(kind)) return 'metadata twice'
  if (family.samples.size > 0) return 'metadata behind samples'
  family.metadata.add(kind)
  if (kind === 'TYPE') {
    if (!TYPES.includes(rest)) return 'no type'
    family.type = rest
  }
  if (kind === 'UNIT' && rest !== '' && !name.endsWith(`_${rest}`)) return 'a name without its unit'
  const hasUnit = [...family.metadata].includes('UNIT') && name.includes('_')
  return hasUnit && ['info', 'stateset'].includes(family.type) ? 'a unit of what has none' : family
}

function readSample(line: string, families: Map<string, Family>, current: Family | null): Family | string {
  const [, name = '', labels = '', value = '', timestamp] = SAMPLE.exec(line) ?? []
  if (name === '') return 'no sample'
  if (!LABELS.test(labels)) return 'no labels'
  const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text] as const)
  if (new Set(pairs.map(([label]) => label)).size < pairs.length) return 'a label twice'
  const number = /^NaN$/i.test(value)
    ? Number.NaN
    : /^[+-]?inf(inity)?$/i.test(value)
      ? Number.POSITIVE_INFINITY
      : Number(value)
  if (!NUMBER.test(value) && Number.isFinite(number)) return 'no number'
  if (!NUMBER.test(value) && !/^(nan|[+-]?inf(inity)?)$/i.test(value)) return 'no number'
  if (timestamp !== undefined && !NUMBER.test(timestamp)) return 'no timestamp'
  const belongs = current !== null && (ENDS[current.type] ?? []).some((end) => name === `${current.name}${end}`)
  if (!belongs && families.has(name)) return 'a family in two places'
  const family = belongs ? current : open(name, families)
  if (family.type === 'counter' && !(number >= 0)) return 'a counter that is no count'
  if (family.type === 'info' && number !== 1) return 'an info that is not 1'
  if (family.type === 'stateset' && (![0, 1].includes(number) || !pairs.some(([label]) => label === family.name)))
    return 'no state'
  return noteSample(family, `${name} ${[...pairs].sort().join(' ')}`, timestamp)
}

/** Samples with the same labels stand together, and are told apart by ascending timestamps. */
function noteSample(family: Family, identity: string, timestamp: string | undefined): Family | string {
  const at = timestamp === undefined ? undefined : Number(timestamp)
  if (family.samples.has(identity)) {
    const before = family.samples.get(identity)
    if (family.lastLabels !== identity) return 'samples of one metric apart'
    if (at === undefined || before === undefined || at < before) return 'samples that cannot be told apart'
  }
  family.samples.set(identity, at)
  family.lastLabels = identity
  return family
}

/** `a_total` of the counter `a` may not be a family of its own. */
function findNameClash(families: ReadonlyMap<string, Family>): (family: Family) => string | null {
  return ({ name, type }) => {
    const clash = (ENDS[type] ?? []).find((end) => end !== '' && families.has(`${name}${end}`))
    return clash === undefined ? null : `${name}${clash} is two families`
  }
}
