import { cutLives } from './cut-life.ts';

cutLives(1);
