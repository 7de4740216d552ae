import type { Binding } from '../../peers/binding.ts';
import type { Store } from '../../ports/store.ts';

/** Which peers a database belongs to; null: nothing was written yet. */
export const readBinding = ({ store }: { readonly store: Pick<Store, 'read'> }): Promise<Binding | null> =>
  store.read((tx) => tx.meta.binding());
