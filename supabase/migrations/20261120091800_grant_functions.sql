-- Who may call what, in one place. Hosted Postgres grants new functions to everybody; this takes all of it back first.

revoke execute on all functions in schema public from public, anon, authenticated, service_role;
revoke execute on all functions in schema private from public, anon, authenticated, service_role;

-- Behind policies and read models.
grant execute on function private.now(), private.iso(timestamptz), private.unwrap_json(jsonb), private.role_rank(text),
  private.current_project_ids(text), private.require_role(uuid, text), private.histogram_key(double precision),
  private.shown_state(text, timestamptz, text, integer, timestamptz, timestamptz) to authenticated;
grant execute on all functions in schema private to service_role;

do $$
declare
  v_function record;
  -- Signed-in people. Everything else in public is for the service role.
  v_people text[] := array['save_monitor', 'pause_monitors', 'edit_monitors', 'delete_monitors', 'save_channel', 'enable_channel',
    'delete_channel', 'send_test', 'retry_notification', 'change_incident', 'create_api_key', 'revoke_api_key', 'save_project',
    'create_project', 'save_member', 'remove_member', 'request_report'];
  v_reads text[] := array['read_monitor_list', 'read_monitor_figures', 'read_overview', 'read_monitor_series', 'read_frame',
    'read_monitor', 'read_monitor_facets', 'read_report_figures'];
begin
  for v_function in
    select procs.oid::pg_catalog.regprocedure as signature, procs.proname::text as name, namespaces.nspname::text as schema_name
    from pg_catalog.pg_proc as procs join pg_catalog.pg_namespace as namespaces on namespaces.oid = procs.pronamespace
    where namespaces.nspname in ('public', 'private')
      and not exists (select from pg_catalog.pg_depend where pg_depend.objid = procs.oid and pg_depend.deptype = 'e')
  loop
    if v_function.schema_name = 'private' then
      if v_function.name = any (select 'command_' || name from pg_catalog.unnest(v_people) as name) then
        execute 'grant execute on function ' || v_function.signature || ' to authenticated';
      end if;
    elsif v_function.name = any (v_people) then
      execute 'grant execute on function ' || v_function.signature || ' to authenticated';
    else
      execute 'grant execute on function ' || v_function.signature || ' to service_role';
      if v_function.name = any (v_reads) then
        execute 'grant execute on function ' || v_function.signature || ' to authenticated';
      end if;
    end if;
  end loop;
end
$$;
