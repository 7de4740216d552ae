/** The questions that commands ask, by their English text. */
export const QUESTIONS: Readonly<Record<string, string>> = {
  'Name of the customer': '고객 이름',
  'Phone number': '전화번호',
  Address: '주소',
  'Internet lines': '인터넷 회선 수',
  'TV lines': 'TV 회선 수',
  'When does a visit suit best?': '방문하기 좋은 시간대는 언제입니까?',
  'No visit before which day?': '어느 날부터 방문할 수 있습니까?',
  'A note': '메모',
  'The note': '메모',
  'The name of the program': '프로그램 이름',
  'For how long': '얼마 동안',
  'What was done?': '무엇을 했습니까?',
  'Which step was done?': '어느 단계를 처리했습니까?',
  'Why can nobody prove it?': '왜 아무도 확인할 수 없습니까?',
  Why: '사유',
  'How urgent is it?': '얼마나 급합니까?',
};
