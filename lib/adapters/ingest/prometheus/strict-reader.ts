import type { ExposedSample } from '../../../domain/probe/exposition.ts'
import { findHistogramFault } from './check-histogram.ts'
import { findSampleFault } from './check-sample.ts'
import { endingOf, type OpenFamily, openFamily, STRICT_ENDINGS } from './family-table.ts'
import { groupKey, labelKey } from './group-key.ts'
import { lexSample } from './lex-sample.ts'
import type { LineFault } from './line-scanner.ts'
import { readStrictMetadata } from './metadata-line.ts'
import { readTimestamp, readValue } from './numbers.ts'

/** Where a reader of OpenMetrics stands. */
interface State {
  families: Map<string, OpenFamily>
  current: OpenFamily | null
  /** Metrics of the current family that were read already: each stands in one place. */
  groups: Set<string>
  group: string | null
  groupAt: number | null
  /** Samples of the current group and time. */
  seen: Set<string>
}

export function createStrictReader() {
  const state: State = {
    families: new Map(),
    current: null,
    groups: new Set(),
    group: null,
    groupAt: null,
    seen: new Set(),
  }
  return {
    families: state.families,
    /** What is wrong with a line, or null once it is taken in. Numbers count from one. */
    read: (line: string, number: number): LineFault | null =>
      line.startsWith('#') ? readMetadata(state, line, number) : readSample(state, line, number),
    /** What is wrong with the whole, now that it is known. */
    end: (): (LineFault & { line: number }) | null => findEndFault(state.families),
  }
}

function enter(state: State, family: OpenFamily): void {
  Object.assign(state, { current: family, groups: new Set(), group: null, groupAt: null, seen: new Set() })
}

function readMetadata(state: State, line: string, number: number): LineFault | null {
  const read = readStrictMetadata(line)
  if (!read.ok) return read.fault
  if (read.metadata === null) return null
  const { keyword, name } = read.metadata
  const known = state.families.get(name)
  if (known !== undefined && known !== state.current) return { expected: `all of ${name} in one place`, got: line }
  const family = known ?? openFamily(state.families, name, number)
  if (known === undefined) enter(state, family)
  if (family.samples.length > 0) return { expected: `what is said of ${name} before its samples`, got: line }
  if (family.metadata.has(keyword)) return { expected: `one # ${keyword} for ${name}`, got: line }
  family.metadata.add(keyword)
  if (read.metadata.keyword === 'TYPE') family.type = read.metadata.type
  else if (keyword === 'UNIT' && read.metadata.text !== '') {
    if (!name.endsWith(`_${read.metadata.text}`))
      return { expected: `a unit with which ${name} ends`, got: read.metadata.text }
    family.metadata.add('has a unit')
  }
  const hasNoUnit = family.type === 'info' || family.type === 'stateset'
  return hasNoUnit && family.metadata.has('has a unit')
    ? { expected: `no unit for the type ${family.type}`, got: line }
    : null
}

function readSample(state: State, line: string, number: number): LineFault | null {
  const lexed = lexSample(line, true)
  if (!lexed.ok) return lexed.fault
  const { name, labels, timestamp } = lexed.sample
  const value = readValue(lexed.sample.value)
  if (value === null) return { expected: 'a number', got: lexed.sample.value }
  const at = timestamp === null ? null : readTimestamp(timestamp, true)
  if (timestamp !== null && at === null) return { expected: 'a number of seconds', got: timestamp }
  let family = state.current
  if (family === null || endingOf(family, name, STRICT_ENDINGS) === null) {
    if (state.families.has(name)) {
      const isHere = state.families.get(name) === state.current
      return { expected: isHere ? `a sample of the type ${family?.type}` : `all of ${name} in one place`, got: line }
    }
    family = openFamily(state.families, name, number)
    enter(state, family)
  }
  const sample: ExposedSample = { name, labels, value, at }
  const ending = name.slice(family.name.length)
  return findSampleFault(family, ending, sample, lexed.sample) ?? addToGroup(state, family, sample, line)
}

/** Samples of one metric stand together, all with a time or none, in order of time, each once. */
function addToGroup(state: State, family: OpenFamily, sample: ExposedSample, line: string): LineFault | null {
  const group = groupKey(family, sample)
  const isSame = group === state.group
  if (!isSame && state.groups.has(group)) return { expected: 'all samples of a metric in one place', got: line }
  if (isSame && (sample.at === null) !== (state.groupAt === null)) {
    return { expected: 'times for all samples of a metric, or for none', got: line }
  }
  if (isSame && sample.at !== null && state.groupAt !== null && sample.at < state.groupAt) {
    return { expected: 'samples of a metric in the order of their times', got: line }
  }
  if (!isSame || sample.at !== state.groupAt) state.seen = new Set()
  const identity = `${sample.name} ${labelKey(sample.labels)}`
  const isKnown = state.seen.has(identity)
  if (isKnown && sample.at === null) return { expected: 'each sample once', got: line }
  state.groups.add(group)
  state.group = group
  state.groupAt = sample.at
  state.seen.add(identity)
  // Times that differ by less than can be told are no fault of the sender: the first one holds.
  if (!isKnown) family.samples.push(sample)
  return null
}

function findEndFault(families: ReadonlyMap<string, OpenFamily>): (LineFault & { line: number }) | null {
  for (const family of families.values()) {
    const { name, type, line } = family
    const clash = STRICT_ENDINGS[type].find((ending) => ending !== '' && families.has(`${name}${ending}`))
    if (clash !== undefined) return { line, expected: `one family with the name ${name}${clash}`, got: 'two' }
    if (type !== 'histogram' && type !== 'gaugehistogram') continue
    const fault = findHistogramFault(family)
    if (fault !== null) return { line, expected: fault, got: `the histogram ${name}` }
  }
  return null
}
