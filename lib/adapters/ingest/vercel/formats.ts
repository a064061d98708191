import type { TelemetryFormat } from '../../../ports/telemetry-format.ts'
import { answerJson } from '../json/answer.ts'
import { VERCEL_SOURCE } from './line.ts'
import { readVercelDrain } from './logs.ts'

export const vercelDrain: TelemetryFormat = {
  source: VERCEL_SOURCE,
  mediaTypes: ['application/json', 'application/x-ndjson', 'application/ndjson', 'text/plain'],
  mediaTypeHint: 'Choose JSON or NDJSON as the encoding of the drain',
  read: readVercelDrain,
  answer: answerJson,
}
