import type { Panel } from '../../domain/series/panel.ts'

export const LLM_PANELS = [
  'latencyP50',
  'latencyP95',
  'costPerRequest',
  'errorRate',
  'requestRate',
  'tokenRate',
] as const
export type LlmPanel = (typeof LLM_PANELS)[number]

const DURATION = 'gen_ai.client.operation.duration'

/**
 * What to watch of language models, with the limits of the guide for alerts. Names are those of OpenTelemetry's conventions for generative
 * AI; they have none for money, so cost is the counter `gen_ai.client.cost` in USD. An operation that failed carries `error.type`.
 */
export const LLM: readonly Panel<LlmPanel>[] = [
  {
    key: 'latencyP50',
    sources: [{ of: { metric: DURATION, aggregate: 'p50' } }],
    scale: 1,
    unit: 's',
    limits: { direction: 'above', warning: 2, critical: null },
  },
  {
    key: 'latencyP95',
    sources: [{ of: { metric: DURATION, aggregate: 'p95' } }],
    scale: 1,
    unit: 's',
    limits: { direction: 'above', warning: 10, critical: null },
  },
  {
    key: 'costPerRequest',
    sources: [
      { of: { metric: 'gen_ai.client.cost', aggregate: 'rate' }, per: { metric: DURATION, aggregate: 'rate' } },
    ],
    scale: 1,
    unit: 'USD',
    limits: { direction: 'above', warning: 0.1, critical: null },
  },
  {
    key: 'errorRate',
    sources: [
      {
        of: { metric: DURATION, aggregate: 'rate', where: { 'error.type': null } },
        per: { metric: DURATION, aggregate: 'rate' },
        isRest: true,
      },
    ],
    scale: 100,
    unit: '%',
    limits: { direction: 'above', warning: 5, critical: null },
  },
  {
    key: 'requestRate',
    sources: [{ of: { metric: DURATION, aggregate: 'rate' } }],
    scale: 60,
    unit: '/min',
    limits: null,
  },
  {
    key: 'tokenRate',
    sources: [{ of: { metric: 'gen_ai.client.token.usage', aggregate: 'sum' } }],
    scale: 1,
    unit: '',
    limits: null,
  },
]
