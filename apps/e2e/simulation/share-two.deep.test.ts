import { checkWorlds } from './check-worlds';

checkWorlds(500, { index: 1, count: 2 });
