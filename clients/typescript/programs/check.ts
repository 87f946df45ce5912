// Whether the record supports a statement: node build/programs/check.js SITE "Türkiye approved Sweden’s accession by …"
import { article10, told, type Schemas } from "../src/index.js";

const MARKS: Record<Schemas["Verdict"], string> = { supported: "✓", contradicted: "✗", unknown: "?", ambiguous: "≈" };

const [site = "http://localhost:8000", q = "Türkiye approved Sweden’s accession by 31 December 2023"] = process.argv.slice(2);
const { data } = await told(article10(site).GET("/api/v1/check/", { params: { query: { q } } }));
console.log(MARKS[data.verdict], data.sentence);
for (const { event, sources } of data.evidence) console.log(`  ${event}: ${sources.map((one) => one.url).join(" ")}`);
console.log(`${site}${data.cite_url}`);
