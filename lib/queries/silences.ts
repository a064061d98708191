import { type Stage, stageOf } from '../domain/mute/silence.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { ListedSilence, MuteReader } from '../ports/mute-reader.ts'

export type SilenceView = ListedSilence & { stage: Stage }

/** Silences by where they stand: those that run by their end, those to come by their beginning, past ones newest first. */
export async function readSilences(
  reader: Pick<MuteReader, 'listSilences'>,
  projectId: string,
  now: Instant,
): Promise<Record<Stage, SilenceView[]>> {
  const all = (await reader.listSilences(projectId)).map((silence) => ({ ...silence, stage: stageOf(silence, now) }))
  const at = (wanted: Stage) => all.filter(({ stage }) => stage === wanted)
  return {
    active: at('active').sort((one, other) => one.endsAt - other.endsAt),
    scheduled: at('scheduled').sort((one, other) => one.startsAt - other.startsAt),
    past: at('past'),
  }
}
