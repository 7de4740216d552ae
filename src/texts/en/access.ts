export const access = {
  states: { valid: 'valid', expired: 'expired', revoked: 'revoked' },
  columns: {
    id: 'ID',
    token: 'token',
    actor: 'ACTS AS',
    client: 'CLIENT',
    state: 'STATE',
    clear: 'IN CLEAR',
    expires: 'EXPIRES',
    used: 'LAST USED',
  },
  yes: 'yes',
  no: 'no',
  none: 'no token was made yet',
  shownOnce: 'the token is shown this once: keep it where only the program reads it',
  already: 'it was revoked before',
};
