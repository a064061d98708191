-- What a page carries to say whose figures it sends: a key that everybody can read and that only adds.

create table public.sites (
  project_id uuid primary key references public.projects (id) on delete cascade,
  public_key text not null constraint sites_public_key_key unique,
  -- Origins such as https://shop.example.com. Empty: any.
  allowed_origins text[] not null default '{}'
    constraint sites_allowed_origins_check check (cardinality(allowed_origins) <= 20 and array_position(allowed_origins, null) is null),
  created_at timestamptz not null,
  rotated_at timestamptz
);
comment on table public.sites is 'One a project. Its key stands in public pages: whoever has it can send page measurements and read nothing.';
comment on column public.sites.public_key is 'Not an API key. Changed at once by rotate_site_key; pages with the old one are refused from then on.';
comment on column public.sites.allowed_origins is 'Keeps other sites from sending by mistake. Not a protection: whoever writes a program of their own sends any origin.';

alter table public.sites enable row level security;
revoke all on public.sites from anon, authenticated;
grant select on public.sites to authenticated;
grant select, insert, update, delete on public.sites to service_role;
create policy "Members read the site key of their projects" on public.sites for select to authenticated
  using (project_id in (select private.current_project_ids()));

create function private.make_site_key() returns text
language sql volatile set search_path = ''
return 'site_' || pg_catalog.replace(gen_random_uuid()::text, '-', '');
comment on function private.make_site_key() is 'A key of 122 random bits that shows by its name what it is.';

create function private.create_site() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.sites (project_id, public_key, created_at) values (new.id, private.make_site_key(), private.now());
  return null;
end
$$;
comment on function private.create_site() is 'Every project has a key from its first moment, so that the page can show what to paste.';
create trigger create_site after insert on public.projects for each row execute function private.create_site();

insert into public.sites (project_id, public_key, created_at) select projects.id, private.make_site_key(), private.now() from public.projects;

create function public.find_site(p_public_key text) returns jsonb
language sql stable security invoker set search_path = ''
return (
  select pg_catalog.jsonb_build_object('project_id', sites.project_id, 'allowed_origins', sites.allowed_origins)
  from public.sites where sites.public_key = p_public_key);
comment on function public.find_site(text) is 'Whose key this is; null when it is nobody''s. Service role: a visitor has no user.';

create function private.command_save_site(p_project_id uuid, p_allowed_origins text[]) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
begin
  update public.sites set allowed_origins = p_allowed_origins
  where sites.project_id = p_project_id and sites.allowed_origins is distinct from p_allowed_origins;
  if found then
    perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'site_updated', 'site', p_project_id::text, '',
      pg_catalog.jsonb_build_object('allowed_origins', p_allowed_origins));
  end if;
  return true;
end
$$;
comment on function private.command_save_site(uuid, text[]) is 'Behind save_site. Definer: the table takes no writes from people; the role is checked first.';

create function public.save_site(p_project_id uuid, p_allowed_origins text[]) returns boolean
language sql security invoker set search_path = ''
return private.command_save_site(p_project_id, p_allowed_origins);
comment on function public.save_site(uuid, text[]) is 'Sets from which origins pages may send. Admins.';

create function private.command_rotate_site_key(p_project_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
begin
  update public.sites set public_key = private.make_site_key(), rotated_at = private.now() where sites.project_id = p_project_id;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'site_key_rotated', 'site', p_project_id::text, '');
  return true;
end
$$;
comment on function private.command_rotate_site_key(uuid) is 'Behind rotate_site_key. Definer: the table takes no writes from people; the role is checked first.';

create function public.rotate_site_key(p_project_id uuid) returns boolean
language sql security invoker set search_path = ''
return private.command_rotate_site_key(p_project_id);
comment on function public.rotate_site_key(uuid) is 'Puts a new key in place of the old one, which is worth nothing from then on. Admins.';

revoke execute on function private.make_site_key(), private.create_site(), public.find_site(text),
  private.command_save_site(uuid, text[]), public.save_site(uuid, text[]), private.command_rotate_site_key(uuid), public.rotate_site_key(uuid)
  from public, anon, authenticated;
grant execute on function public.find_site(text) to service_role;
grant execute on function private.command_save_site(uuid, text[]), public.save_site(uuid, text[]), private.command_rotate_site_key(uuid),
  public.rotate_site_key(uuid) to authenticated;
