import type { PackageFaultValues } from '../../core/codes/package-fault.ts';
import type { CodedWords } from '../coded.ts';

export const packageFaults: CodedWords<PackageFaultValues> = {
  MISSING: () => '설치되어 있지 않습니다',
  NATIVE_MISSING: () => '네이티브 모듈이 없습니다',
  OTHER_NODE: ({ version }) =>
    `네이티브 모듈이 지금의 Node(${version})가 아닌 다른 Node 용으로 빌드되었습니다`,
  AS_TOLD: ({ text }) => text,
};
