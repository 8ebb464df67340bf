import { checkWorlds } from './check-worlds';

checkWorlds(2_000, { index: 1, count: 2 });
