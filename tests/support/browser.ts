import chromium from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'

/** The two sizes that every page is looked at in: a laptop, and a phone at night. */
export const DESKTOP = { width: 1440, height: 900 } as const
export const PHONE = { width: 390, height: 844 } as const

/**
 * A headless Chromium that comes from npm, so that a bare machine can run the tests. `VIGIE_CHROMIUM` names another one
 * where the packaged binary does not run (it is built for Linux on x64).
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.VIGIE_CHROMIUM
  return playwright.launch({
    executablePath: own ?? (await chromium.executablePath()),
    // One process for everything suits a function with one page; here the browser would end with its first closed page.
    args: own ? ['--no-sandbox'] : chromium.args.filter((arg) => arg !== '--single-process'),
    headless: true,
  })
}

/** WCAG 2.2 A and AA, and axe's own best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Throws with each violation, its place and what to do about it. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (tags) =>
      (window as unknown as { axe: typeof axe }).axe.run({
        runOnly: { type: 'tag', values: tags },
        // What is well is not described: it is most of a page, and most of the time.
        resultTypes: ['violations'],
      }),
    RULES,
  )
  if (violations.length === 0) return
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) =>
        `${id}: ${help}\n  at ${node.target.join(' ')}\n  ${node.html.slice(0, 200)}\n  ${node.failureSummary ?? ''}`,
    ),
  )
  throw new Error(`${page.url()} has accessibility violations:\n${told.join('\n')}`)
}

/** Throws when the page is wider than its window: nothing may scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, frame } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    frame: document.documentElement.clientWidth,
  }))
  if (content > frame) throw new Error(`${page.url()} is ${content} px wide in a window of ${frame} px`)
}
