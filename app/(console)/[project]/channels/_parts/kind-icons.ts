import type { IconName } from '@/app/_components/ui/icons.ts'
import type { ChannelKind } from '@/lib/domain/notification/channel.ts'

/** The mark of each kind, always beside its word. */
export const KIND_ICONS: Record<ChannelKind, IconName> = {
  email: 'mail',
  slack: 'message-square',
  sms: 'bell',
  webhook: 'terminal',
}
