/** The Batches page: many pictures are sent and listed, or one batch of them is followed and read. */

import { Api } from "./api.js";
import { BatchReader } from "./batches/reader.js";
import { BatchSender } from "./batches/sender.js";

const root = document.getElementById("batches-page");
const api = new Api(root.dataset.apiUrl);
const page = root.dataset.jobId ? new BatchReader(root, api) : new BatchSender(root, api);
await page.open();
