import type { Outbox } from '../../ports/channel.ts'
import { DatabaseError } from './call.ts'
import type { Client } from './create-client.ts'

/** Keeps messages in the database for the outbox page. The same id again changes nothing: a repeated delivery is one entry. */
export function createOutbox(client: Client): Outbox {
  return {
    async keep(entry) {
      const { error } = await client.from('outbox_messages').upsert(
        {
          id: entry.id,
          project_id: entry.projectId,
          channel_kind: entry.channelKind,
          recipients: entry.to,
          subject: entry.subject,
          html: entry.html,
          body: entry.text,
          blocks: entry.blocks as never,
        },
        { onConflict: 'id', ignoreDuplicates: true },
      )
      if (error) throw new DatabaseError(error.message, error.code ?? '', null)
    },
  }
}
