import { checkWorlds } from './check-worlds';

checkWorlds(1_200, { index: 1, count: 2 });
