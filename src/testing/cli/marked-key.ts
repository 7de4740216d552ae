import type { Services } from '../../adapters/compose.ts';

/** What a name of ours is in the database of these services: `ORD-000001/call#1` bears its mark there. */
export const markedKey = async (services: Services, key: string): Promise<string> => {
  const store = await services.store('read');
  const { current } = await store.read((tx) => tx.meta.keyMarks());
  return current === null ? key : key.replace(/^ORD-\d+/, `$&@${current}`);
};
