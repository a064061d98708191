-- Rules are read with an API key, too: a key has no user, and the project in the question is that of the key.

grant execute on function public.read_rules(uuid, jsonb) to service_role;
