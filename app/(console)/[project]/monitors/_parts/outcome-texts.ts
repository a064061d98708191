import { getTranslations } from 'next-intl/server'
import type { OutcomeTexts } from './outcome-panel.tsx'

/** Everything that the panel of one probe says, as plain values that may go to the browser. */
export async function readOutcomeTexts(): Promise<OutcomeTexts> {
  const [t, charts, states] = await Promise.all([
    getTranslations('monitor'),
    getTranslations('charts'),
    getTranslations('states'),
  ])
  return {
    ...(t.raw('outcome') as Omit<OutcomeTexts, 'phases' | 'notReached' | 'verdicts'>),
    phases: charts.raw('phases') as OutcomeTexts['phases'],
    notReached: charts('notReached'),
    verdicts: { up: states('up'), degraded: states('degraded'), down: states('down') },
  }
}
