import type { ShownState } from '../monitor/monitor.ts'
import type { AnswerOf } from '../series/figures.ts'
import type { Slo } from '../slo/slo.ts'
import type { Instant } from '../time/instant.ts'
import type { AnomalyMemory } from './anomaly-memory.ts'
import type { Level } from './condition.ts'
import type { AlertRule } from './rule.ts'

/** What an evaluation needs of a rule: a draft that nobody has saved yet has it, too. */
export type EvaluableRule = Pick<AlertRule, 'key' | 'condition' | 'groupBy' | 'groupLimit'>

/** What is known of a monitor at the moment of an evaluation. */
export interface MonitorFacts {
  key: string
  name: string
  tags: readonly string[]
  state: ShownState
  /** Failed slots without a good one since; 0 when the last one was good. */
  failedInARow: number
  lastProbedAt: Instant | null
  certificateExpiresAt: Instant | null
}

/** Everything that an evaluation may look at. Live and in a back-test the same. */
export interface RuleInputs {
  answerOf: AnswerOf
  monitors: readonly MonitorFacts[]
  /** The worst level at which an alert of a rule and group is pending or firing, by `groupKeyOf`: for recovery limits. */
  activeLevelOf: (ruleKey: string, groupKey: string) => Level | null
  /** For composites. Rules that a composite names are evaluated before it (`evaluationOrder`). */
  firingGroupsOf: (ruleKey: string) => readonly { group: readonly string[]; level: Level }[]
  /** Groups that an earlier evaluation saw: without samples they are `no_data`, and not simply gone. */
  knownGroupsOf: (ruleKey: string) => readonly (readonly string[])[]
  slos: ReadonlyMap<string, Slo>
  /** UCUM unit of a metric, for sentences; numbers stay bare without it. */
  unitOf?: (metric: string) => string | null
  /** When the last sample of a group came. Without it, a silence is said to have begun with the window that is empty. */
  lastSampleAtOf?: (ruleKey: string, groupKey: string) => Instant | null
  /**
   * What the last evaluation of an anomaly gave back in `GroupOutcome.memory`. Without it the same history is asked of `answerOf` each time:
   * the outcome is the same and only the work is more.
   */
  memoryOf?: (ruleKey: string, groupKey: string) => AnomalyMemory | null
  /**
   * Leaves `reason` empty and decides the same. A month is judged in as many minutes, most of which nobody will read about: wording each of
   * them takes longer than all the rest. What changes anything is asked for again with its words.
   */
  isWordless?: boolean
}
