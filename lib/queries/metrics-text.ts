/** A name without the ends that the formats add: `_info`, `_total`. */
export interface MetricFamily {
  name: string
  type: 'gauge' | 'counter' | 'info' | 'stateset'
  /** The end of the name, as OpenMetrics wants it: `seconds`, `ratio`. */
  unit?: string
  help: string
  samples: readonly MetricSample[]
}

export interface MetricSample {
  labels: Readonly<Record<string, string>>
  value: number
}

export const OPENMETRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

const ENDS = { gauge: '', counter: '_total', info: '_info', stateset: '' } as const

/** OpenMetrics 1.0 (prometheus.io/docs/specs/om/open_metrics_spec). Families without samples are left out. */
export function renderOpenMetrics(families: readonly MetricFamily[]): string {
  const lines = withSamples(families).flatMap((family) => [
    `# TYPE ${family.name} ${family.type}`,
    ...(family.unit === undefined ? [] : [`# UNIT ${family.name} ${family.unit}`]),
    `# HELP ${family.name} ${escapeText(family.help)}`,
    ...sampleLines(family),
  ])
  return `${[...lines, '# EOF'].join('\n')}\n`
}

/** The older text format of Prometheus, 0.0.4: it knows neither units nor info nor states, which become gauges. */
export function renderPrometheusText(families: readonly MetricFamily[]): string {
  const lines = withSamples(families).flatMap((family) => {
    const name = `${family.name}${ENDS[family.type]}`
    const type = family.type === 'counter' ? 'counter' : 'gauge'
    // Unlike in OpenMetrics, a quote stays as it is in a help text.
    const help = family.help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...sampleLines(family)]
  })
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** Whether an `Accept` header asks for OpenMetrics; who asks for nothing gets what every version of Prometheus reads. */
export function acceptsOpenMetrics(accept: string | null): boolean {
  return (accept ?? '').toLowerCase().includes('application/openmetrics-text')
}

function withSamples(families: readonly MetricFamily[]): MetricFamily[] {
  return families.filter(({ samples }) => samples.length > 0)
}

function sampleLines({ name, type, samples }: MetricFamily): string[] {
  return samples.map(({ labels, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeText(text)}"`)
    return `${name}${ENDS[type]}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${writeNumber(value)}`
  })
}

function escapeText(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"')
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return String(value)
  return value > 0 ? '+Inf' : '-Inf'
}
