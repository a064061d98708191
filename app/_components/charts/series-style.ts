/** Five colours that also the colour-blind tell apart (tokens in globals.css); further lines repeat them dashed, then dotted. */
const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'] as const
const DASHES = [undefined, '6 3', '1.5 3.5'] as const

/** How the line of this number is drawn, in the chart and beside its name alike. */
export function lineStyle(index: number): { stroke: string; strokeDasharray?: string } {
  const stroke = COLOURS[index % COLOURS.length] ?? COLOURS[0]
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length]
  return dash === undefined ? { stroke } : { stroke, strokeDasharray: dash }
}
