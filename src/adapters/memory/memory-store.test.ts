import { storeContract } from '../../core/ports/store.contract.ts';
import { memoryStore } from './memory-store.ts';

storeContract('the memory store', async () => {
  const store = memoryStore();
  return { store, close: () => store.close() };
});
