import { checkWorlds } from './check-worlds';

checkWorlds(1_200, { index: 0, count: 2 });
