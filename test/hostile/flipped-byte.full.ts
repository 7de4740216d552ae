// The same, by the numbers of this stage.
import './flipped-byte.test.ts';
