import { expect, test } from 'vitest'
import { parseTested } from '../../../lib/commands/rule/parse-draft.ts'
import { FRESH_DRAFT, type RuleDraft } from '../../../lib/commands/rule/rule-draft.ts'
import { fieldsAbout } from '../../../lib/commands/rule/rule-link.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { LLM } from '../../../lib/queries/dashboards/llm.ts'
import { OPS } from '../../../lib/queries/dashboards/ops.ts'

const sources = [...OPS, ...LLM].flatMap(({ key, sources: all }) => all.map((source) => [key, source] as const))

test.each(sources)('a link from the figure %s asks in the editor for that figure and its limit', (_key, source) => {
  const fields = fieldsAbout({ source, operator: 'below', critical: 0.25, warning: 0.5 })
  const draft = { ...FRESH_DRAFT, ...fields } as RuleDraft
  expect(parseTested(draft, { unitOf: () => null })).toMatchObject({
    ok: true,
    value: {
      condition: {
        kind: 'threshold',
        source,
        windowMs: 5 * MINUTE,
        operator: 'below',
        critical: { value: 0.25, recovery: null },
        warning: { value: 0.5, recovery: null },
      },
      forMs: 5 * MINUTE,
    },
  })
})

test('a figure without a limit leaves it for people to say', () => {
  const fields = fieldsAbout({ source: { of: { metric: 'queue.length', aggregate: 'max' } }, critical: null })
  expect(fields).toEqual({ metric: 'queue.length', aggregate: 'max' })
})
