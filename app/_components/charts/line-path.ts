/** A point in a chart's own units; null where nothing was measured. */
export type MaybePoint = readonly [x: number, y: number] | null

const short = (value: number): string => String(Math.round(value * 100) / 100)

/**
 * One path through all points. A gap stays a gap: the pen is lifted, never drawn across. A point alone between two gaps gets
 * a stroke of no length, which round line caps show as a dot.
 */
export function linePath(points: readonly MaybePoint[]): string {
  return points
    .map((point, index) => {
      if (point === null) return ''
      const [x, y] = point
      const previous = points[index - 1] ?? null
      if (previous !== null) return `L${short(x)} ${short(y)}`
      const isAlone = (points[index + 1] ?? null) === null
      return `M${short(x)} ${short(y)}${isAlone ? 'h0' : ''}`
    })
    .join('')
}

/** The area between an upper and a lower edge, in as many closed pieces as there are stretches without a gap. */
export function bandPath(upper: readonly MaybePoint[], lower: readonly MaybePoint[]): string {
  let path = ''
  let run: { top: readonly [number, number]; bottom: readonly [number, number] }[] = []
  const close = () => {
    const forward = run.map(({ top: [x, y] }, index) => `${index === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`)
    const back = run.toReversed().map(({ bottom: [x, y] }) => `L${short(x)} ${short(y)}`)
    if (run.length > 1) path += `${forward.join('')}${back.join('')}Z`
    run = []
  }
  for (const [index, top] of upper.entries()) {
    const bottom = lower[index] ?? null
    if (top === null || bottom === null) close()
    else run.push({ top, bottom })
  }
  close()
  return path
}
