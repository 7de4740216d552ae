// The same, from one seed after the other.
import './failing-disk.full.ts';
