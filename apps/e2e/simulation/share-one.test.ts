import { simulateShare } from './simulate';

simulateShare(0);
