import { type LineFault, LineScanner } from './line-scanner.ts'

type Labels = [name: string, value: string][]

/** One line of samples, taken apart. Numbers are still text: which spellings are right depends on the format. */
export interface SampleLine {
  name: string
  labels: Labels
  value: string
  timestamp: string | null
  exemplar: { labels: Labels; value: string; timestamp: string | null } | null
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y
/** Any letter may stand behind a backslash: only three of them mean something. */
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy
const TOKEN = /[^ \t]+/y

/**
 * Takes a line apart by the grammar of OpenMetrics (exactly one space between parts, no comma at the end of labels), or by that of the
 * text format 0.0.4, which allows blanks and tabs everywhere and knows no exemplars.
 */
export function lexSample(
  line: string,
  isOpenMetrics: boolean,
): { ok: true; sample: SampleLine } | { ok: false; fault: LineFault } {
  const scanner = new LineScanner(line, isOpenMetrics)
  scanner.blanks()
  const name = scanner.take(NAME, 'the name of a metric')
  const nameEnd = scanner.at
  scanner.blanks()
  const hasLabels = scanner.is('{')
  const labels = hasLabels ? readLabels(scanner) : []
  if (isOpenMetrics) scanner.skip(' ', 'a space and a value')
  else if (scanner.at === nameEnd) scanner.fail('a blank and a value')
  scanner.blanks()
  const value = scanner.take(TOKEN, 'a value')
  const timestamp = isExemplarNext(scanner) ? null : readPart(scanner, 'a time')
  const exemplar = isExemplarNext(scanner) ? readExemplar(scanner) : null
  scanner.blanks()
  if (!scanner.isOver) scanner.fail('the end of the line')
  const { fault } = scanner
  return fault === null ? { ok: true, sample: { name, labels, value, timestamp, exemplar } } : { ok: false, fault }
}

function readLabels(scanner: LineScanner): Labels {
  const labels: Labels = []
  scanner.skip('{', '{')
  scanner.blanks()
  while (!scanner.isOver && !scanner.is('}')) {
    const name = scanner.take(LABEL_NAME, 'the name of a label')
    scanner.blanks()
    scanner.skip('=', '= behind the name of a label')
    scanner.blanks()
    const value = scanner.take(QUOTED, 'a value in double quotes')
    if (labels.some(([known]) => known === name)) scanner.fail(`no second label ${name}`)
    labels.push([name, value.includes('\\') ? unescapeValue(value) : value])
    scanner.blanks()
    if (!scanner.is(',')) break
    scanner.skip(',', ',')
    scanner.blanks()
    if (scanner.isStrict && scanner.is('}')) scanner.fail('a label behind the comma')
  }
  scanner.skip('}', ', or } behind a label')
  return labels
}

function isExemplarNext(scanner: LineScanner): boolean {
  return scanner.isStrict && scanner.is(' # ')
}

/** What follows behind a space, if anything does. */
function readPart(scanner: LineScanner, expected: string): string | null {
  scanner.blanks()
  if (scanner.isOver) return null
  if (scanner.isStrict) scanner.skip(' ', 'a space')
  return scanner.take(TOKEN, expected)
}

function readExemplar(scanner: LineScanner): SampleLine['exemplar'] {
  scanner.skip(' # ', 'an exemplar')
  const labels = readLabels(scanner)
  scanner.skip(' ', 'a space and the value of the exemplar')
  const value = scanner.take(TOKEN, 'the value of the exemplar')
  return { labels, value, timestamp: readPart(scanner, 'the time of the exemplar') }
}

function unescapeValue(value: string): string {
  return value.replace(/\\(.)/gs, (whole, letter: string) => {
    if (letter === 'n') return '\n'
    return letter === '\\' || letter === '"' ? letter : whole
  })
}
