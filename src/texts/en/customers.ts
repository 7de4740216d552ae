export const customers = {
  name: 'name',
  phone: 'phone',
  erased: (at: string): string => `erased at ${at}`,
  noOrders: 'no orders',
  confirmErase: (id: string, name: string, orders: number): string =>
    `Erase ${id} (${name}, ${orders} ${orders === 1 ? 'order' : 'orders'}) for ever?`,
  erasedAlready: 'it was erased already',
  backups: 'backups that were made before still hold the data',
  columns: { stage: 'STAGE', placed: 'PLACED', address: 'ADDRESS' },
};
