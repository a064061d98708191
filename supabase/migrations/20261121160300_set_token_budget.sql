-- How many tokens of language models a project means to use in a month.

alter table public.projects add column monthly_token_budget bigint
  constraint projects_monthly_token_budget_check check (monthly_token_budget > 0);
comment on column public.projects.monthly_token_budget is 'Tokens in and out, in a calendar month of the project''s time zone; null without a budget.';

create function private.command_set_token_budget(p_project_id uuid, p_tokens bigint) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_before bigint;
begin
  select projects.monthly_token_budget into v_before from public.projects where projects.id = p_project_id for update;
  if v_before is not distinct from p_tokens then return true; end if;
  update public.projects set monthly_token_budget = p_tokens where projects.id = p_project_id;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'project_updated', 'project', p_project_id::text,
    (select projects.name from public.projects where projects.id = p_project_id),
    pg_catalog.jsonb_build_object('monthly_token_budget', pg_catalog.jsonb_build_object('from', v_before, 'to', p_tokens)));
  return true;
end
$$;
comment on function private.command_set_token_budget(uuid, bigint) is 'Behind set_token_budget. Definer: tables take no writes from people; the role is checked first.';

create function public.set_token_budget(p_project_id uuid, p_tokens bigint default null) returns boolean
language sql security invoker set search_path = '' return private.command_set_token_budget(p_project_id, p_tokens);
comment on function public.set_token_budget(uuid, bigint) is 'Sets the monthly token budget of a project; null takes it away. Admins.';

revoke execute on function private.command_set_token_budget(uuid, bigint), public.set_token_budget(uuid, bigint) from public, anon, authenticated;
grant execute on function private.command_set_token_budget(uuid, bigint), public.set_token_budget(uuid, bigint) to authenticated;
