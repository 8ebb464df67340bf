import { checkWorlds } from './check-worlds';

checkWorlds(40);
