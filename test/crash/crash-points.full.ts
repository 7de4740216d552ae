import { killedOnceAnywhere } from './crash-points.ts';

killedOnceAnywhere((_life, places) => Array.from({ length: places }, (_, i) => i));
