import { checkWorlds } from './check-worlds';

checkWorlds(1_000, { index: 1, count: 2 });
