import { pageOf } from '../../lib/domain/vital/page-path.ts'

/** What was chosen in a group of the form; null for nothing. */
export function chosenIn(form: HTMLFormElement, group: string): number | null {
  return Number(new FormData(form).get(group)) || null
}

/** The body of the request. What is undefined is left out of it. */
export function answerOf(form: HTMLFormElement, { dataset }: HTMLScriptElement, id: string, locale: string): string {
  return JSON.stringify({
    site: dataset.site,
    id,
    rating: chosenIn(form, 'rating'),
    comment: new FormData(form).get('comment'),
    page: dataset.page ?? pageOf(location.pathname),
    perceivedSpeed: chosenIn(form, 'speed'),
    loadMs: dataset.speed === undefined ? null : loadMs(),
    locale,
    release: dataset.release,
    environment: dataset.environment,
  })
}

/** `crypto.randomUUID` is absent from pages without TLS. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** From the beginning of the navigation to the end of its `load` event; null while it lasts. */
function loadMs(): number | null {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return entry !== undefined && entry.loadEventEnd > 0 ? Math.round(entry.loadEventEnd) : null
}
