import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';

export const areas: Texts['areas'] = {
  columns: { area: '지역', place: '위도, 경도', group: '묶음', technicians: '담당 작업자' },
  kinds: { places: '지역 위치', matrix: '지역 간 이동 시간' },
  imported: {
    imported: (kind, rows, before) =>
      `${kind} ${rows}건을 가져왔습니다${before === 0 ? '' : ` (이전 ${before}건을 대신함)`}`,
    already: (kind, rows) => `${kind} ${rows}건이 이전과 같습니다`,
  },
  version: (version) => `버전 ${version}`,
  unknown: (names) =>
    `! 가져온 파일에 없는 작업자 지역 ${names.length}곳은 visits.travelMinutes로 계산합니다: ${names.join(', ')}`,
  ambiguous: (area, candidates) =>
    ko`! ${area}은(는) ${candidates.join(', ')} 중 어느 곳인지 알 수 없습니다: 작업자 파일에 도시까지 적어야 다른 지역에서 이동해 갈 수 있습니다`,
  askFar: (rows) =>
    `다른 지역과 멀리 떨어진 행이 ${rows.length}건 있습니다. 위도와 경도가 뒤바뀌지 않았나요?\n${rows.join('\n')}\n그대로 가져올까요?`,
  empty: '아직 알려진 지역이 없습니다',
  noneImported: '가져온 지역이 없어 모든 이동을 visits.travelMinutes로 계산합니다',
  matrixOnly: '이동 시간표에만 있음',
  nowhere: '가져온 적 없음',
};
