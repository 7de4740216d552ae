import type { ClientItem } from '../../../core/order/client-terms.ts';
import type { Lines } from '../../../core/values/lines.ts';
import { badField, listAt, objectAt, oneOfAt, optional, textAt, wholeAt } from './fields.ts';
import { MOST, PLACE_ROLE, SPECIFICATIONS } from './profile.ts';

/** The items of a ServiceOrder, and what they say together: the lines, where they are installed, and in which area. */
export type AskedItems = {
  readonly items: readonly ClientItem[];
  readonly lines: Lines;
  readonly address: string | undefined;
  readonly area: string | undefined;
};

type AskedItem = ClientItem & {
  readonly path: string;
  readonly address: string | undefined;
  readonly area: string | undefined;
};

const MOST_LINES = 1_000;

/** Reads `serviceOrderItem`. Throws Refusal BAD_FIELD. `actions`: that an item may have. */
export const readItems = (value: unknown, path: string, actions: readonly string[]): AskedItems => {
  const items = listAt(value, path).map((element) => readItem(element.value, element.path, actions));
  items.forEach(({ id, path: at }, index) => {
    if (items.findIndex((one) => one.id === id) < index) throw badField(`${at}.id`, { code: 'ONCE' });
  });
  const linesOf = (line: ClientItem['line']): number =>
    items.filter((item) => item.line === line).reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    items: items.map(({ id, line, quantity }) => ({ id, line, quantity })),
    lines: { internet: linesOf('internet'), tv: linesOf('tv') },
    address: theSame(items, 'address', 'service.place'),
    area: theSame(items, 'area', 'service.serviceCharacteristic'),
  };
};

/** What each item that says it says alike. */
const theSame = (
  items: readonly AskedItem[],
  what: 'address' | 'area',
  field: string,
): string | undefined => {
  const [first, ...others] = items.filter((item) => item[what] !== undefined);
  const other = others.find((item) => item[what] !== first?.[what]);
  if (other !== undefined) throw badField(`${other.path}.${field}`, { code: 'ALL_THE_SAME' });
  return first?.[what];
};

const readItem = (value: unknown, path: string, actions: readonly string[]): AskedItem => {
  const item = objectAt(value, path, {
    fields: ['id', 'action', 'quantity', 'service'],
    unsettable: ['state', 'errorMessage', 'appointment'],
  });
  oneOfAt(item.action, `${path}.action`, actions);
  const service = objectAt(item.service, `${path}.service`, {
    fields: ['serviceSpecification', 'serviceCharacteristic', 'place', 'state', 'serviceType', 'name'],
    unsettable: ['id', 'href'],
  });
  optional(service.state, (state) => oneOfAt(state, `${path}.service.state`, ['active']));
  const specification = objectAt(service.serviceSpecification, `${path}.service.serviceSpecification`, {
    fields: ['id', 'href', 'name', 'version'],
  });
  return {
    path,
    id: textAt(item.id, `${path}.id`, MOST.words),
    line: oneOfAt(specification.id, `${path}.service.serviceSpecification.id`, SPECIFICATIONS),
    quantity:
      optional(item.quantity, (many) => wholeAt(many, `${path}.quantity`, { min: 1, max: MOST_LINES })) ?? 1,
    address: optional(service.place, (place) => readPlace(place, `${path}.service.place`)),
    area: optional(service.serviceCharacteristic, (list) =>
      readArea(list, `${path}.service.serviceCharacteristic`),
    ),
  };
};

/** The only element of a list. */
const onlyAt = (value: unknown, path: string) => {
  const [first, second] = listAt(value, path);
  if (first === undefined || second !== undefined) throw badField(path, { code: 'ALL_THE_SAME' });
  return first;
};

const readPlace = (value: unknown, path: string): string => {
  const only = onlyAt(value, path);
  const place = objectAt(only.value, only.path, { fields: ['role', 'name'] });
  oneOfAt(place.role, `${only.path}.role`, [PLACE_ROLE]);
  return textAt(place.name, `${only.path}.name`, MOST.text);
};

const readArea = (value: unknown, path: string): string => {
  const only = onlyAt(value, path);
  const characteristic = objectAt(only.value, only.path, { fields: ['name', 'value', 'valueType'] });
  oneOfAt(characteristic.name, `${only.path}.name`, ['area']);
  return textAt(characteristic.value, `${only.path}.value`, MOST.words);
};
