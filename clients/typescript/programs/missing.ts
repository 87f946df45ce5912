// Who was missing for an accession on a day: node build/programs/missing.js SITE SWE 2023-10-30
import { article10, told } from "../src/index.js";

const [site = "http://localhost:8000", code = "SWE", as_of = "2023-10-30"] = process.argv.slice(2);
const { data, meta } = await told(
  article10(site).GET("/api/v1/accessions/{code}/", { params: { path: { code }, query: { as_of } } }),
);
const { approved } = data.counts;
console.log(`${data.answer} Missing: ${data.pending.join(", ")}. ${approved.reached} of ${data.required}, edition ${meta.edition}.`);
