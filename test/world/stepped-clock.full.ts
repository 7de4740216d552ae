// The same, by the numbers of this stage.
import './stepped-clock.test.ts';
