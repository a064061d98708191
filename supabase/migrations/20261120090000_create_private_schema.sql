-- Everything that policies and functions lean on, in a schema that the API does not expose.

create schema if not exists private;
comment on schema private is 'Functions behind policies and commands. Not exposed by the API.';
revoke all on schema private from public;

-- Supabase creates these roles; a plain Postgres (tests, a restore drill) may not have them yet.
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin bypassrls; end if;
end
$$;

grant usage on schema private to authenticated, service_role;
grant usage on schema public to anon, authenticated, service_role;

-- One source of time for claims, leases and slots. Tests replace this function to move the clock.
create function private.now() returns timestamptz
language sql stable set search_path = ''
return pg_catalog.now();
comment on function private.now() is 'Database time: the only clock of claims and leases. Replaced in tests that move the clock.';

-- The embedded stack hands a jsonb argument over as a JSON string; the hosted one as JSON. Both mean the same.
create function private.unwrap_json(value jsonb) returns jsonb
language sql immutable set search_path = ''
return case pg_catalog.jsonb_typeof(value) when 'string' then (value #>> '{}')::jsonb else value end;
comment on function private.unwrap_json(jsonb) is 'Takes a jsonb argument as JSON or as a JSON string holding it.';

create function private.iso(at timestamptz) returns text
language sql immutable set search_path = ''
return pg_catalog.to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
comment on function private.iso(timestamptz) is 'RFC 3339 in UTC with milliseconds, as message payloads carry it.';

create sequence private.fencing_tokens;
comment on sequence private.fencing_tokens is 'Every lease takes the next number; a late worker presents an older one and changes nothing.';
grant usage on sequence private.fencing_tokens to service_role;
