import type { Locale } from '../domain/time/locale.ts'

/**
 * The title of an incident in the reader's language. Titles are stored in English, as the pipeline words them (`settle.ts`, `rule-incident.ts`); its
 * patterns are recognised, and a title of any other form is shown as it stands.
 */
export function titleIn(locale: Locale, title: string): string {
  if (locale === 'en') return title
  const mass = /^(\d+) of (\d+) monitors are down$/.exec(title)
  if (mass) return `${mass[1]} moniteurs sur ${mass[2]} sont en panne`
  const groups = /^(.+) is critical in (\d+) groups$/.exec(title)
  if (groups) return `${groups[1]} est critique dans ${groups[2]} groupes`
  const rule = /^(.+) is critical(?:: (.+))?$/.exec(title)
  if (rule) return `${rule[1]} est critique${rule[2] === undefined ? '' : `\u00a0: ${rule[2]}`}`
  const single = /^(.+) is down$/.exec(title)
  return single ? `${single[1]} est en panne` : title
}
