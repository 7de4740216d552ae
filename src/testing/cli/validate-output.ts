import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const SCHEMAS = new URL('../../../schemas/', import.meta.url);

/** File of a schema: `oss.order/1` is `oss.order.1.schema.json`. */
export const schemaFile = (name: string): URL => new URL(`${name.replace('/', '.')}.schema.json`, SCHEMAS);

const validators = new Map<string, ReturnType<Ajv2020['compile']>>();

const load = (name: string): object => JSON.parse(readFileSync(schemaFile(name), 'utf8'));

/** Everything in which a value differs from its schema (`oss.order/1`); empty: it fits. For tests. */
export const validateOutput = (name: string, value: unknown): readonly string[] => {
  if (!existsSync(schemaFile(name))) return [`there is no schema ${name}`];
  let validate = validators.get(name);
  if (validate === undefined) {
    const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    for (const shared of ['oss.order/1', 'oss.event/1']) {
      if (shared !== name && existsSync(schemaFile(shared))) ajv.addSchema(load(shared));
    }
    validate = ajv.compile(load(name));
    validators.set(name, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`,
  );
};
