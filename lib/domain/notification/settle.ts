import { type AlertChange, decideAlerts } from '../alert/alert-change.ts'
import { decideMove, type Move } from '../alert/decide-move.ts'
import { decideIncident, type IncidentDecision } from '../incident/decide-incident.ts'
import { nameIncident, type OpenIncident } from '../incident/open-incident.ts'
import type { Monitor } from '../monitor/monitor.ts'
import { priorityOf } from '../monitor/severity.ts'
import type { StoredState } from '../monitor/stored-state.ts'
import type { Mute } from '../mute/decide-mute.ts'
import type { ProbeOutcome, RegionSighting, Verdict } from '../probe/outcome.ts'
import { type Instant, SECOND } from '../time/instant.ts'
import { composeNotifications, explainRoutes } from './compose.ts'
import type { DecisionContext, MassFailure } from './decision-context.ts'
import { toEvidence } from './evidence.ts'
import { notTold, raised } from './join-incident.ts'
import type { Evidence } from './message.ts'
import { lateMove, muteOf, suspectOf } from './mute-slot.ts'
import type { IncidentChange, Settlement, StoredAlertChange, TimelineEntry } from './settlement.ts'

/** A claimed slot with everything that was seen in it. */
export interface SettledSlot {
  monitor: Monitor
  token: number
  slotAt: Instant
  region: string
  state: StoredState
  attempts: readonly ProbeOutcome[]
  verdict: Verdict
  /** When an absence began, where no attempt shows it (heartbeats). */
  changedAt?: Instant
  isSlotted: boolean
  nextDueAt?: Instant | null
  /** Nobody could tell: the slot changes nothing, whatever `verdict` repeats. `regions` say who could not, and why. */
  unknown?: { regions: readonly RegionSighting[] }
}

export interface SettleEnvironment {
  now: Instant
  baseUrl: string
  newId: () => string
}

/** The first step of settling, alone: whether `settleSlot` will need the decision context. Most slots change nothing. */
export function moveOf(slot: SettledSlot, now: Instant): Move {
  return decideMove(slot.state, slot.verdict, changedAtOf(slot, now), now, slot.monitor.intervalSeconds)
}

export function needsContext(move: Move, state: Pick<StoredState, 'isMuted'>): boolean {
  const isTurn = move.from !== move.to && !(move.from === 'pending' && move.to === 'up')
  return isTurn || move.flapping === 'stabilised' || state.isMuted
}

/** Turns what was seen in a slot into everything that it changes. `context` may be null where `needsContext` says no. */
export function settleSlot(
  slot: SettledSlot,
  context: DecisionContext | null,
  mass: MassFailure | null,
  environment: SettleEnvironment,
): Settlement {
  const { monitor } = slot
  const { now } = environment
  const move = moveOf(slot, now)
  const changedAt = changedAtOf(slot, now)
  const last = slot.attempts.at(-1) ?? null
  const reason = reasonOf(slot)
  const evidence = toEvidence(slot.attempts)
  const base = {
    monitorId: monitor.id,
    projectId: monitor.projectId,
    token: slot.token,
    region: slot.region,
    slotAt: slot.slotAt,
    intervalSeconds: monitor.intervalSeconds,
    isSlotted: slot.isSlotted,
    nextDueAt: slot.nextDueAt === undefined ? slot.slotAt + monitor.intervalSeconds * SECOND : slot.nextDueAt,
    outcome: last,
    attempts: slot.attempts.length > 1 ? [...slot.attempts] : [],
    move,
    regions: slot.unknown?.regions ?? last?.regions ?? [],
    isUnknown: slot.unknown !== undefined,
  }
  if (slot.unknown !== undefined) return { ...base, outcome: null, attempts: [], alerts: [], incident: null }
  if (context === null) return { ...base, alerts: [], incident: null }

  const mute = muteOf(monitor, slot.verdict, context, now)
  const late = lateMove(move, slot.state.isMuted, mute)
  const facts = { slot, move: late ?? move, changedAt, reason, evidence, context, mute, mass, environment }
  if (late !== null) return { ...base, ...tellLate(late, facts) }
  const decision = joined(
    decideIncident(move, context.lastIncident, now, monitor.intervalSeconds, mass?.isShared),
    context,
  )
  // An incident that is open already tells nobody anew: the failure is part of it, muted or not.
  const isKeptQuiet = mute.muted && (decision.op === 'open' || decision.op === 'reopen')
  const alerts = decideAlerts(move, monitor.severity, reason, changedAt).map((change) =>
    storeAlert(change, facts, decision.op === 'continue' || decision.op === 'join' ? { muted: false } : mute),
  )
  return { ...base, alerts, incident: isKeptQuiet ? null : changeIncident(decision, facts) }
}

/** What was kept quiet is told as if it began now, but dated from its beginning, with the reason why it comes late. */
function tellLate(late: Move, facts: Facts): Pick<Settlement, 'alerts' | 'incident'> {
  const { slot, context, environment } = facts
  const kind = late.to === 'down' ? 'down' : 'degraded'
  const muted = context.firing.find((alert) => alert.kind === kind && alert.mutedReason !== null)
  if (muted === undefined) return { alerts: [], incident: null }
  const told = { ...facts, changedAt: muted.startedAt }
  const change = { op: 'unmute', kind, reason: facts.reason, at: environment.now } as const
  const alerts = [storeAlert(change, told, { muted: false }, muted.id)]
  if (kind === 'degraded') return { alerts, incident: null }
  const { monitor } = slot
  const decision = joined(decideIncident(late, context.lastIncident, environment.now, monitor.intervalSeconds), context)
  const incident = changeIncident(decision, told)
  const why = entry(
    environment.now,
    'unmuted',
    `${capitalise(muted.mutedReason ?? '')}. It still fails, so it is told now.`,
  )
  return { alerts, incident: incident && { ...incident, events: [...incident.events, why] } }
}

interface Facts {
  slot: SettledSlot
  move: Move
  changedAt: Instant
  reason: string
  evidence: Evidence[]
  context: DecisionContext
  mute: Mute
  mass: MassFailure | null
  environment: SettleEnvironment
}

/** The departure from the old state is dated by the first attempt that showed it. */
function changedAtOf(slot: SettledSlot, now: Instant): Instant {
  return slot.changedAt ?? slot.attempts[0]?.startedAt ?? now
}

function reasonOf(slot: SettledSlot): string {
  // The attempt that carries the verdict says why; the last of a mixed set may be milder.
  const decisive = slot.attempts.findLast((attempt) => attempt.verdict === slot.verdict) ?? slot.attempts.at(-1)
  return decisive?.message ?? slot.verdict
}

function storeAlert(change: AlertChange, facts: Facts, mute: Mute, id = facts.environment.newId()): StoredAlertChange {
  const { slot, move, context, environment, evidence, changedAt, reason } = facts
  const isNews = change.op !== 'resolve' && change.kind === 'degraded' && move.flapping !== 'ongoing' && !mute.muted
  const { notifications } = isNews
    ? composeNotifications({
        kind: 'monitor.degraded',
        monitor: slot.monitor,
        context,
        state: 'degraded',
        reason,
        startedAt: changedAt,
        evidence,
        incident: null,
        subjectId: id,
        mass: null,
        baseUrl: environment.baseUrl,
        newId: environment.newId,
      })
    : { notifications: [] }
  const muted = mute.muted ? { code: mute.code, until: mute.until, reason: mute.reason } : null
  return { ...change, id, evidence, state: slot.verdict, muted, notifications }
}

type Decision = IncidentDecision | { op: 'join'; incident: OpenIncident }

/**
 * What a rule about the monitor told before the monitor itself was confirmed to be down goes on as one incident: responders are on it. The
 * other way round, closing theirs and opening one of the monitor, would end and begin in their eyes what does neither.
 */
function joined(decision: IncidentDecision, { openIncident }: DecisionContext): Decision {
  if (openIncident === null || (decision.op !== 'open' && decision.op !== 'reopen')) return decision
  return { op: 'join', incident: openIncident }
}

function joinOpenIncident(incident: OpenIncident, facts: Facts): IncidentChange {
  const { slot, context, environment, evidence, reason, mute } = facts
  const { monitor } = slot
  const { now } = environment
  const { id, title, episode, flapping, startedAt } = incident
  const { notifications } = composeNotifications({
    kind: 'incident.triggered',
    monitor,
    context,
    state: 'down',
    reason,
    startedAt,
    evidence,
    incident: { id, title, episode, flapping },
    subjectId: id,
    mass: null,
    baseUrl: environment.baseUrl,
    newId: environment.newId,
  })
  const news = mute.muted ? [] : notTold(notifications, incident)
  const again = mute.muted ? mute.reason : `not told again: ${nameIncident(incident)}`
  const events = [
    { ...entry(now, 'monitor_down', `${monitor.name}: ${reason}.`), details: { evidence } },
    ...(news.length === 0 ? [entry(now, 'not_told_again', `${capitalise(again)}.`)] : []),
  ]
  return { op: 'continue', id, ...raised(incident, monitor.severity), events, notifications: news }
}

function changeIncident(decision: Decision, facts: Facts): IncidentChange | null {
  const { slot, evidence, environment, reason } = facts
  switch (decision.op) {
    case 'none':
      return null
    case 'join':
      return joinOpenIncident(decision.incident, facts)
    case 'open':
    case 'reopen':
      return beginIncident(decision, facts)
    case 'continue': {
      const kind = slot.verdict === 'down' ? 'monitor_down' : 'monitor_recovered'
      const events = [entry(environment.now, kind, `${slot.monitor.name}: ${reason}. ${capitalise(decision.reason)}.`)]
      return { op: decision.flapping ? 'flap' : 'continue', id: decision.incident.id, events }
    }
    case 'resolve': {
      const events = [entry(environment.now, 'monitor_recovered', `${slot.monitor.name}: ${reason}.`)]
      const told = `${slot.monitor.name} ${decision.reason}`
      return {
        op: 'resolve',
        id: decision.incident.id,
        at: facts.changedAt,
        reason: told,
        state: slot.verdict,
        evidence,
        events,
      }
    }
  }
}

function beginIncident(decision: Extract<IncidentDecision, { op: 'open' | 'reopen' }>, facts: Facts): IncidentChange {
  const { slot, mass, context, environment, evidence, changedAt, reason } = facts
  const { monitor } = slot
  const id = decision.op === 'reopen' ? decision.incident.id : (mass?.incidentId ?? environment.newId())
  const title = titleOf(monitor.name, decision, mass)
  const episode = decision.op === 'reopen' ? decision.episode : 0
  const { notifications, routes } = composeNotifications({
    kind: 'incident.triggered',
    monitor,
    context,
    state: 'down',
    reason,
    startedAt: decision.op === 'reopen' ? decision.incident.startedAt : changedAt,
    evidence,
    incident: { id, title, episode, flapping: decision.flapping },
    subjectId: id,
    mass,
    baseUrl: environment.baseUrl,
    newId: environment.newId,
  })
  const { now } = environment
  const suspect = suspectOf(context, changedAt, 1)
  const events = [
    entry(now, decision.op === 'open' ? 'opened' : 'reopened', `${capitalise(decision.reason)}.`),
    ...(mass === null ? [] : [entry(now, 'prober_doubted', mass.reason)]),
    { ...entry(now, 'monitor_down', `${monitor.name}: ${reason}.`), details: { evidence } },
    ...(suspect === null ? [] : [entry(now, 'suspect', `Suspect: ${suspect}.`)]),
    ...explainRoutes(routes, context, now),
  ]
  return decision.op === 'open'
    ? {
        op: 'open',
        id,
        title,
        priority: priorityOf(mass?.severity ?? monitor.severity),
        reason,
        groupKey: mass === null ? null : mass.incidentId,
        startedAt: changedAt,
        events,
        notifications,
      }
    : { op: 'reopen', id, episode, flapping: decision.flapping, reason, events, notifications }
}

function titleOf(
  name: string,
  decision: Extract<IncidentDecision, { op: 'open' | 'reopen' }>,
  mass: MassFailure | null,
): string {
  if (decision.op === 'reopen') return decision.incident.title
  if (mass !== null && mass.affected.length > 1)
    return `${mass.affected.length} of ${mass.monitorsTotal} monitors are down`
  return `${name} is down`
}

function entry(at: Instant, kind: string, message: string): TimelineEntry {
  return { at, kind, message }
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
