/** The header's button for the address of the page as it stands. */

import { copiesAddress } from "../kit/copying.js";
import { named } from "../kit/dom/element.js";

copiesAddress(named("copy-address", "button"));
