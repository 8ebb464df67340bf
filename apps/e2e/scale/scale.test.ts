import { checkScale } from './scale';

// Two pages of log groups, and two months on several pages.
checkScale(60, 2);
