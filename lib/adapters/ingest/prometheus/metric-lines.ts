import type { MetricLine } from '../../../domain/database/machine.ts'

/** `name{label="value",…} value [timestamp]`, as in Prometheus's text format 0.0.4 and OpenMetrics 1.0. */
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?[ \t]+([^ \t#]+)/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g

/**
 * Lines with a finite value; comments, and whatever is no line of the format, are passed over: the last line may be cut, and one wrong
 * figure among two hundred must not take the others with it.
 */
export function parseMetricLines(text: string): MetricLine[] {
  return text.split('\n').flatMap((line): MetricLine[] => {
    const [, name, labels, number] = LINE.exec(line) ?? []
    const value = Number(number)
    return name === undefined || !Number.isFinite(value) ? [] : [{ name, labels: readLabels(labels ?? ''), value }]
  })
}

function readLabels(text: string): Record<string, string> {
  const pairs = [...text.matchAll(LABEL)].map(([, name = '', value = '']) => [name, unescapeValue(value)] as const)
  return Object.fromEntries(pairs)
}

function unescapeValue(value: string): string {
  return value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
}
