// The same, by the numbers of this stage.
import './fuzz.test.ts';
