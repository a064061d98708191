import { endingOf, LOOSE_ENDINGS, type OpenFamily, openFamily } from './family-table.ts'
import { labelKey } from './group-key.ts'
import { lexSample } from './lex-sample.ts'
import type { LineFault } from './line-scanner.ts'
import { readLooseMetadata } from './metadata-line.ts'
import { readTimestamp, readValue } from './numbers.ts'

/** A suffix under which samples of a histogram or summary may stand apart from their `# TYPE`. */
const SUFFIX = /_(?:bucket|count|sum)$/

/**
 * Reads the text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). What it leaves open is allowed, as Prometheus allows
 * it: families in pieces, histograms without sum or count.
 */
export function createLooseReader() {
  const families = new Map<string, OpenFamily>()
  const seen = new Set<string>()
  let current: OpenFamily | null = null

  const readMetadata = (line: string, number: number): LineFault | null => {
    const read = readLooseMetadata(line)
    if (!read.ok) return read.fault
    if (read.metadata === null) return null
    const { keyword, name } = read.metadata
    const family = families.get(name) ?? openFamily(families, name, number)
    current = family
    if (read.metadata.keyword !== 'TYPE') return null
    if (family.metadata.has(keyword)) return { expected: `one # TYPE for ${name}`, got: line }
    if (family.samples.length > 0) return { expected: `the type of ${name} before its samples`, got: line }
    family.metadata.add(keyword)
    family.type = read.metadata.type
    return null
  }

  const familyOf = (name: string, number: number): OpenFamily => {
    if (current !== null && endingOf(current, name, LOOSE_ENDINGS) !== null) return current
    const wider = families.get(name.replace(SUFFIX, ''))
    if (wider !== undefined && endingOf(wider, name, LOOSE_ENDINGS) !== null) return wider
    return families.get(name) ?? openFamily(families, name, number)
  }

  const readSample = (line: string, number: number): LineFault | null => {
    const lexed = lexSample(line, false)
    if (!lexed.ok) return lexed.fault
    const { name, labels, timestamp } = lexed.sample
    const value = readValue(lexed.sample.value)
    if (value === null) return { expected: 'a number', got: lexed.sample.value }
    const at = timestamp === null ? null : readTimestamp(timestamp, false)
    if (timestamp !== null && at === null) return { expected: 'a whole number of milliseconds', got: timestamp }
    const identity = `${name} ${labelKey(labels)} ${at}`
    if (seen.has(identity)) return { expected: 'each sample once', got: line }
    seen.add(identity)
    current = familyOf(name, number)
    current.samples.push({ name, labels, value, at })
    return null
  }
  return {
    families,
    read(line: string, number: number): LineFault | null {
      const text = line.trimStart()
      if (text === '') return null
      return text.startsWith('#') ? readMetadata(text, number) : readSample(line, number)
    },
    end: (): (LineFault & { line: number }) | null => null,
  }
}
