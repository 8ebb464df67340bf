import { checkWorlds } from './check-worlds';

checkWorlds(1_000, { index: 0, count: 2 });
