import { checkWorlds } from './check-worlds';

checkWorlds(2_000, { index: 0, count: 2 });
