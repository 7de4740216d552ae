import type { Texts } from '../catalogue.ts';
import { access } from './access.ts';
import { areas } from './areas.ts';
import { audit } from './audit.ts';
import { batch } from './batch.ts';
import { breaker } from './breaker.ts';
import { causes } from './causes.ts';
import { changes } from './changes.ts';
import { common } from './common.ts';
import { config } from './config.ts';
import { customers } from './customers.ts';
import { db } from './db.ts';
import { demo } from './demo.ts';
import { differences } from './differences.ts';
import { doctor } from './doctor.ts';
import { expectations } from './expectations.ts';
import { expected } from './expected.ts';
import { fallout } from './fallout.ts';
import { field } from './field.ts';
import { fileFaults } from './file-faults.ts';
import { find } from './find.ts';
import { help } from './help.ts';
import { home } from './home.ts';
import { http } from './http.ts';
import { mypage } from './mypage.ts';
import { ne } from './ne.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { prompts } from './prompts.ts';
import { reasons } from './reasons.ts';
import { refusals } from './refusals.ts';
import { report } from './report.ts';
import { schedule } from './schedule.ts';
import { simulate } from './simulate.ts';
import { stages } from './stages.ts';
import { story } from './story.ts';
import { technicians } from './technicians.ts';
import { warnings } from './warnings.ts';
import { whoami } from './whoami.ts';
import { worker } from './worker.ts';

/** All texts in Korean: the compiler says which is missing. */
export const KOREAN: Texts = {
  access,
  areas,
  audit,
  batch,
  breaker,
  causes,
  changes,
  common,
  config,
  customers,
  db,
  demo,
  differences,
  doctor,
  expectations,
  expected,
  mypage,
  ne,
  fallout,
  field,
  fileFaults,
  find,
  help,
  home,
  http,
  report,
  orders,
  overview,
  prompts,
  reasons,
  refusals,
  schedule,
  simulate,
  stages,
  story,
  technicians,
  warnings,
  whoami,
  worker,
};
