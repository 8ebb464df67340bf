import { checkScale } from './scale';

checkScale(100, 6);
