import type { IncidentNotification } from '../ports/incident-reader.ts'

/** One channel within an incident: what stands for how it was told. */
export interface ToldChannel {
  /** The newest message that was given up, else the newest one that waits, else the newest of all. */
  shown: IncidentNotification
  /** How many messages of the incident went to it, `shown` among them. */
  count: number
}

const URGENCY: Record<IncidentNotification['status'], number> = { dead: 2, pending: 1, delivered: 0 }

/** Messages by channel, in the order in which the channels were first told. `notifications` are oldest first. */
export function groupByChannel(notifications: readonly IncidentNotification[]): ToldChannel[] {
  const told = new Map<string, ToldChannel>()
  for (const notification of notifications) {
    const known = told.get(notification.channel.id)
    const isWorse = known === undefined || URGENCY[notification.status] >= URGENCY[known.shown.status]
    told.set(notification.channel.id, {
      shown: isWorse ? notification : known.shown,
      count: (known?.count ?? 0) + 1,
    })
  }
  return [...told.values()]
}
