import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';

const FILES = {
  tmf640: 'TMF640-ServiceActivation-v4.0.0.swagger.json',
  tmf641: 'TMF641-ServiceOrdering-v4.1.0.swagger.json',
  tmf646: 'TMF646-Appointment-v4.0.0.swagger.json',
} as const;

export type TmfApi = keyof typeof FILES;

const loaded = new Map<TmfApi, Ajv>();

/** The published definitions of one API; `#/definitions/…` references resolve within it. */
const ajvOf = (api: TmfApi): Ajv => {
  const known = loaded.get(api);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`./tmf/${FILES[api]}`, import.meta.url), 'utf8');
  const { definitions } = JSON.parse(text) as { definitions: object };
  // Not strict: Swagger 2 has words of its own beside JSON Schema (example, discriminator).
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: api, definitions });
  loaded.set(api, ajv);
  return ajv;
};

const say = (error: ErrorObject): string =>
  `${error.instancePath === '' ? '/' : error.instancePath} ${error.message ?? error.keyword}`;

/**
 * Checks a value against a definition of a TM Forum API description, e.g. `('tmf640', 'Service_Create', body)`.
 * Returns one `path what` per fault; empty when it is valid. Throws for a definition that does not exist.
 */
export const validateTmf = (api: TmfApi, definition: string, value: unknown): string[] => {
  const validate = ajvOf(api).getSchema(`${api}#/definitions/${definition}`);
  if (validate === undefined) throw new Error(`${api} has no definition ${definition}`);
  return validate(value) === true ? [] : (validate.errors ?? []).map(say);
};
