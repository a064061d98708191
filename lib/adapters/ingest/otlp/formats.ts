import type { TelemetryFormat } from '../../../ports/telemetry-format.ts'
import { answerLogs, answerMetrics } from './answer.ts'
import { readOtlpLogs } from './logs.ts'
import { readOtlpMetrics } from './metrics.ts'

const OTLP = {
  source: 'otlp',
  mediaTypes: ['application/json'],
  mediaTypeHint: 'Set OTEL_EXPORTER_OTLP_PROTOCOL=http/json: protobuf is not read here',
}

export const otlpMetrics: TelemetryFormat = { ...OTLP, read: readOtlpMetrics, answer: answerMetrics }
export const otlpLogs: TelemetryFormat = { ...OTLP, read: readOtlpLogs, answer: answerLogs }
