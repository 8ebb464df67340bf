import { checkWorlds } from './check-worlds';

checkWorlds(250, { index: 1, count: 2 });
