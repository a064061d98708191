import type { TickDeps } from '../../lib/tasks/tick.ts'

export interface Killable {
  deps: Pick<TickDeps, 'store' | 'prober' | 'sender'>
  isDead(): boolean
  /** From now on nothing that this worker asked for comes back, and nothing that it asks for reaches anybody: as after SIGKILL. */
  kill(): void
}

/** Wraps what a worker talks to, so that it can end in the middle without a word. `onCall` sees each call before it is made. */
export function createKillable(
  deps: Pick<TickDeps, 'store' | 'prober' | 'sender'>,
  onCall: (name: string, call: () => Promise<unknown>) => Promise<unknown> = (_name, call) => call(),
): Killable {
  let isDead = false
  const never = new Promise<never>(() => undefined)
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...args: unknown[]) => {
          if (isDead) return never
          const answer = await onCall(String(name), async () => member.apply(target, args))
          return isDead ? never : answer
        }
      },
    })
  return {
    deps: { store: wrap(deps.store), prober: wrap(deps.prober), sender: wrap(deps.sender) },
    isDead: () => isDead,
    kill: () => {
      isDead = true
    },
  }
}
