import { checkScale } from './scale';

checkScale(400, 12);
