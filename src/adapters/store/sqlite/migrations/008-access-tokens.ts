/** By which programs call over HTTP. */
export const accessTokens: string = `
create table access_tokens (
  token_id text primary key,
  digest text not null,
  actor text not null,
  client text not null,
  sees_clear integer not null,
  created_at text not null,
  created_by text not null,
  expires_at text not null,
  revoked_at text,
  last_used_at text
) strict;`;
