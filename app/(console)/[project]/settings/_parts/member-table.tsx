import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { ROLES } from '@/lib/domain/monitor/role.ts'
import type { Member } from '@/lib/ports/settings-reader.ts'
import { changeMemberRole, removeFromProject } from '../actions.ts'

/** People of the project. Owners change roles in the row itself. */
export function MemberTable(props: { members: readonly Member[]; slug: string; ownId: string; mayChange: boolean }) {
  const t = useTranslations('settings.members')
  const roles = useTranslations('frame.role')
  const { slug, ownId, mayChange } = props
  const owners = props.members.filter(({ role }) => role === 'owner').length
  const columns: Column<Member>[] = [
    {
      key: 'email',
      header: t('email'),
      cell: ({ email, userId }) => (
        <span className="[overflow-wrap:anywhere]">
          {email}
          {userId === ownId && <span className="text-ink-muted"> {t('you')}</span>}
        </span>
      ),
    },
    {
      key: 'role',
      header: t('role'),
      phone: 'plain',
      width: '18rem',
      cell: (member) => (mayChange ? <RoleForm member={member} slug={slug} /> : roles(member.role)),
    },
    ...(mayChange
      ? [
          {
            key: 'remove',
            header: t('remove'),
            align: 'right' as const,
            phone: 'plain' as const,
            width: '8rem',
            cell: ({ userId, email, role }: Member) =>
              // The database refuses to remove the last owner; offering it would be a trap.
              role === 'owner' && owners === 1 ? null : (
                <ConfirmButton
                  label={t('remove')}
                  size="small"
                  variant="ghost"
                  title={t('removeTitle', { email })}
                  lost={t('removeLost')}
                  confirmLabel={t('removeConfirm')}
                  cancelLabel={t('removeCancel')}
                  action={removeFromProject.bind(null, slug, userId)}
                />
              ),
          },
        ]
      : []),
  ]
  return <DataTable caption={t('title')} columns={columns} rows={props.members} rowKey={({ userId }) => userId} />
}

function RoleForm({ member, slug }: { member: Member; slug: string }) {
  const t = useTranslations('settings.members')
  const roles = useTranslations('frame.role')
  return (
    <ActionForm action={changeMemberRole.bind(null, slug, member.email)} className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <select
          key={member.role}
          name="role"
          aria-label={t('roleOf', { email: member.email })}
          defaultValue={member.role}
          className={`${CONTROL_CLASS} h-7 max-w-40`}
        >
          {ROLES.map((value) => (
            <option key={value} value={value}>
              {roles(value)}
            </option>
          ))}
        </select>
        <SubmitButton size="small" variant="ghost">
          {t('change')}
        </SubmitButton>
      </div>
    </ActionForm>
  )
}
