import type { Operator } from '../../domain/rule/condition.ts'
import type { UnitOf } from '../../domain/rule/words.ts'
import type { Source } from '../../domain/series/panel.ts'
import { MINUTE } from '../../domain/time/instant.ts'
import { conditionDraft } from './draft-of.ts'
import { FRESH_DRAFT, type RuleDraft } from './rule-draft.ts'

/** A figure that somebody looks at, and from where on it would be too much. */
export interface LookedAt {
  source: Source
  groupBy?: readonly string[]
  operator?: Operator
  /** In the unit that is stored; null where nobody has said one: the editor then asks for it. */
  critical: number | null
  warning?: number | null
}

const WINDOW_MS = 5 * MINUTE
/** As long as a new rule waits of itself. */
const FOR_MS = 5 * MINUTE

/** Fields of the editor for a rule about a figure, as an address carries them: those that are not as in an empty one. */
export function fieldsAbout(figure: LookedAt, unitOf: UnitOf = () => null): Record<string, string> {
  const { source, groupBy = [], operator = 'above', critical, warning = null } = figure
  const limit = (value: number | null) => (value === null ? null : { value, recovery: null })
  const draft = conditionDraft(
    {
      condition: {
        kind: 'threshold',
        source,
        windowMs: WINDOW_MS,
        operator,
        critical: limit(critical),
        warning: limit(warning),
        minCount: 0,
      },
      groupBy,
      forMs: FOR_MS,
      keepFiringForMs: 0,
    },
    unitOf,
  )
  // A sentence is read back from its fields; the line only where it has no room.
  const said: Partial<RuleDraft> = draft.mode === 'line' ? { mode: 'line', line: draft.line } : { ...draft, line: '' }
  return Object.fromEntries(
    Object.entries(said).filter(
      (pair): pair is [string, string] =>
        typeof pair[1] === 'string' && pair[1] !== FRESH_DRAFT[pair[0] as keyof RuleDraft],
    ),
  )
}
