import type { PackageFaultValues } from '../../core/codes/package-fault.ts';
import type { CodedWords } from '../coded.ts';

export const packageFaults: CodedWords<PackageFaultValues> = {
  MISSING: () => 'it is not there',
  NATIVE_MISSING: () => 'its native part is not there',
  OTHER_NODE: ({ version }) => `its native part was built for another Node than this one (${version})`,
  AS_TOLD: ({ text }) => text,
};
