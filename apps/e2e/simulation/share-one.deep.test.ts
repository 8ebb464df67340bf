import { checkWorlds } from './check-worlds';

checkWorlds(250, { index: 0, count: 2 });
