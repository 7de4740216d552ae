// The same, by the numbers of this stage.
import './full-disk.test.ts';
