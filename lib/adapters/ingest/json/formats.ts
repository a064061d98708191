import type { TelemetryFormat } from '../../../ports/telemetry-format.ts'
import { answerJson } from './answer.ts'
import { readJsonLogs } from './logs.ts'
import { readJsonMetrics } from './metrics.ts'

const HINT = "Send JSON and say so: -H 'content-type: application/json'"
const LINES = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'text/plain',
]

export const jsonMetrics: TelemetryFormat = {
  source: 'json',
  mediaTypes: ['application/json'],
  mediaTypeHint: HINT,
  read: readJsonMetrics,
  answer: answerJson,
}

export const jsonLogs: TelemetryFormat = {
  source: 'json',
  mediaTypes: ['application/json', ...LINES],
  mediaTypeHint: `${HINT}. Lines of JSON are application/x-ndjson`,
  read: readJsonLogs,
  answer: answerJson,
}
