/** Cities and provinces by all the names they are written with; the first is the official one. */
const CITIES: readonly (readonly string[])[] = [
  ['서울특별시', '서울시', '서울'],
  ['부산광역시', '부산시', '부산'],
  ['대구광역시', '대구시', '대구'],
  ['인천광역시', '인천시', '인천'],
  ['광주광역시', '광주'],
  ['대전광역시', '대전시', '대전'],
  ['울산광역시', '울산시', '울산'],
  ['세종특별자치시', '세종시', '세종'],
  ['경기도', '경기'],
  ['강원도', '강원특별자치도', '강원'],
  ['충청북도', '충북'],
  ['충청남도', '충남'],
  ['전라북도', '전북특별자치도', '전북'],
  ['전라남도', '전남'],
  ['경상북도', '경북'],
  ['경상남도', '경남'],
  ['제주특별자치도', '제주도', '제주'],
];

const OFFICIAL: ReadonlyMap<string, string> = new Map(
  CITIES.flatMap(([official = '', ...others]) => [official, ...others].map((name) => [name, official])),
);

/** Districts of which there is one in more than one city or province: their name alone says nothing. */
const SAME_NAMED: Readonly<Record<string, readonly string[]>> = {
  강서구: ['부산광역시', '서울특별시'],
  고성군: ['강원도', '경상남도'],
  남구: ['광주광역시', '대구광역시', '부산광역시', '울산광역시', '포항시'],
  동구: ['광주광역시', '대구광역시', '대전광역시', '부산광역시', '울산광역시', '인천광역시'],
  북구: ['광주광역시', '대구광역시', '부산광역시', '울산광역시', '포항시'],
  서구: ['광주광역시', '대구광역시', '대전광역시', '부산광역시', '인천광역시'],
  중구: ['대구광역시', '대전광역시', '부산광역시', '서울특별시', '울산광역시', '인천광역시'],
};

/** The cities in which there is a district of that name, when there are several; empty: the name is unique, or of none. */
export const citiesOf = (district: string): readonly string[] =>
  Object.hasOwn(SAME_NAMED, district) ? (SAME_NAMED[district] ?? []) : [];

/**
 * The official name of a city or province however it is written; another word as it is. `광주시` alone is the city in
 * Gyeonggi; before a district it is the metropolitan one.
 */
export const officialName = (word: string, next: string | undefined): string =>
  word === '광주시' && next?.endsWith('구') === true ? '광주광역시' : (OFFICIAL.get(word) ?? word);
