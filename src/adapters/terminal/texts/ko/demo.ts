import type { PartialTexts } from '../catalogue.ts';

export const demo = {
  where: (folder) => `모두 ${folder} 안에서, 모의 장비와 자체 시계로 진행됩니다`,
  act: (number, title) => `${number}막: ${title}`,
  act1: '청약이 완료됩니다',
  act2: '청약이 반송됩니다',
  act3: '청약이 취소됩니다',
  act4: '장비가 내려간 밤, 그리고 사라진 응답',
  takes: '고객센터가 청약을 받습니다. 회선은 바로 개통됩니다.',
  phones: 'TM이 고객과 통화하고 작업자를 예약합니다.',
  visits: '다음 날 아침 작업자가 방문하고 고객이 서명합니다.',
  cannot: '다음 날 아침 설치할 수 없음을 알게 됩니다. 개통한 것을 원복합니다.',
  changesMind: '한 시간 뒤 고객이 마음을 바꿉니다. 회선과 방문을 모두 취소합니다.',
  night: '23시, 장비가 내려가 있습니다. 그래도 청약은 접수됩니다.',
  morning: '7시, 장비가 돌아왔지만 응답 하나를 잃습니다: 회선은 개통되었는데 아무도 알려주지 않습니다.',
  lookedUp: '요청을 다시 보내지 않았습니다: 조회해서 개통된 것을 확인했습니다.',
  beside: '기록과 장비의 실제 상태',
  same: (orderId, stage) => `${orderId}: ${stage}, 장비도 그와 같습니다: 고아 서비스 0건`,
  end: '마지막으로: 장비 전체와 기록 전체',
  good: (seconds) => `모두 있어야 할 대로입니다 (${seconds}초)`,
  exit: (code) => `종료 코드 ${code}: 남은 일이 있지만 잃은 것은 없습니다`,
  kept: (folder) => `보관됨: export OSS_HOME=${folder}`,
} satisfies PartialTexts['demo'];
