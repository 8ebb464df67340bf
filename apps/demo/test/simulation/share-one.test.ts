import { simulateAShare } from './simulate';

simulateAShare();
