import { simulateShare } from './simulate';

simulateShare(1);
