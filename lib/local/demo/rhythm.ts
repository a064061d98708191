import { DAY, HOUR, type Instant } from '../../domain/time/instant.ts'

const BUSIEST_HOUR_UTC = 15
const WEEKEND_SHARE = 0.6

/** How busy a shop is, from 0.1 (at night) to 1 (in the afternoon, UTC), less on Saturdays and Sundays. */
export function loadAt(at: Instant): number {
  const hour = (at % DAY) / HOUR
  const swing = (1 + Math.cos(((hour - BUSIEST_HOUR_UTC) / 24) * 2 * Math.PI)) / 2
  const weekday = new Date(at).getUTCDay()
  return (0.1 + 0.9 * swing ** 1.5) * (weekday === 0 || weekday === 6 ? WEEKEND_SHARE : 1)
}
