/** Looking for orders by whatever a person has. */
export const find = {
  by: {
    id: 'number',
    customer: 'customer id',
    phone: 'phone',
    name: 'name',
    key: 'key',
    equipment: 'equipment',
    serial: 'serial',
    address: 'address',
  },
  columns: { by: 'FOUND BY' },
  nothing: 'nothing is found',
  more: (n: number): string => `there are more than these ${n}: say more, or --limit`,
  lookThrough: 'to look through them',
};
