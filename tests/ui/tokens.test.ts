import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../app/globals.css'), 'utf8')

type Theme = 'light' | 'dark'

/** Reads `--name: light-dark(oklch(L C H), oklch(L C H));`. */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\(\s*oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\s*\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

/** Linear sRGB of an OKLCH colour (Björn Ottosson, https://bottosson.github.io/posts/oklab/), clipped to the gamut. */
function linearRgb(oklch: string): [number, number, number] {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(/\s+/).map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** WCAG 2.2 contrast ratio. */
function contrast(one: string, other: string, theme: Theme): number {
  const luminance = (name: string) => {
    const colour = tokens.get(name)
    if (!colour) throw new Error(`no token --${name}`)
    const [r, g, b] = linearRgb(colour[theme])
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['canvas', 'surface', 'raised', 'subtle']
const STATES = ['up', 'degraded', 'down', 'unknown', 'maintenance', 'paused']

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(['ink', 'ink-muted', 'ink-faint', 'accent'])('%s reads on every ground', (text) => {
    for (const ground of GROUNDS) expect(contrast(text, ground, theme), ground).toBeGreaterThanOrEqual(4.5)
  })

  test.each(STATES)('%s reads on its own ground and on every other', (state) => {
    for (const ground of [...GROUNDS, `${state}-subtle`]) {
      expect(contrast(state, ground, theme), ground).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('text reads on the grounds of notices and badges', () => {
    for (const state of STATES) expect(contrast('ink', `${state}-subtle`, theme)).toBeGreaterThanOrEqual(4.5)
    expect(contrast('on-ink', 'ink', theme)).toBeGreaterThanOrEqual(4.5)
  })

  test('the edge of a control and the focus ring stand out 3 to 1', () => {
    for (const ground of ['canvas', 'surface']) {
      expect(contrast('control', ground, theme), ground).toBeGreaterThanOrEqual(3)
      expect(contrast('accent', ground, theme), ground).toBeGreaterThanOrEqual(3)
    }
  })
})

test('a white sheet under black ink has the contrast that WCAG defines', () => {
  expect(linearRgb('1 0 0').map((x) => Math.round(x * 1000))).toEqual([1000, 1000, 1000])
  expect(contrast('surface', 'surface', 'light')).toBe(1)
})
