/** Units of metrics that Vigie makes itself, and of OpenTelemetry's conventions, as they are before the first sample has come. */
const UNITS: Readonly<Record<string, string>> = {
  'http.server.request.duration': 's',
  'http.client.request.duration': 's',
  'gen_ai.client.operation.duration': 's',
  'gen_ai.client.cost': 'USD',
  'faas.invoke_duration': 's',
  'faas.init_duration': 's',
  'cicd.pipeline.run.duration': 's',
  'db.statement.duration': 's',
  'db.client.operation.duration': 's',
  'db.cache.hit_ratio': '1',
  'db.size': 'By',
  'web.lcp': 'ms',
  'web.inp': 'ms',
  'web.fid': 'ms',
  'web.fcp': 'ms',
  'web.ttfb': 'ms',
  'web.load': 'ms',
  'web.cls': '1',
}

/** The UCUM unit of a metric by its name alone; null when the name says nothing. */
export function wellKnownUnit(metric: string): string | null {
  return UNITS[metric] ?? (metric.endsWith('.utilization') ? '1' : null)
}
