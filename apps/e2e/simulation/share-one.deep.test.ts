import { checkWorlds } from './check-worlds';

checkWorlds(500, { index: 0, count: 2 });
