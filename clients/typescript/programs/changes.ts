// What the log tells, each type of entry in its own words: node build/programs/changes.js SITE AFTER
import { article10, told, type Schemas } from "../src/index.js";

function say(entry: Schemas["Change"]): string {
  switch (entry.type) {
    case "stage.changed":
      return `${entry.payload.ally} on ${entry.payload.accession}: ${entry.payload.from} → ${entry.payload.to}`;
    case "accession.changed":
      return `${entry.payload.accession}: ${entry.payload.from} → ${entry.payload.to}`;
    case "event.recorded":
      return `${entry.payload.event.date} ${entry.payload.event.title}`;
    case "event.rectified":
      return `put right: ${entry.payload.was.title} → ${entry.payload.now?.title ?? "taken back"}`;
    default:
      return entry.type;
  }
}

const [site = "http://localhost:8000", after = "0"] = process.argv.slice(2);
const { data } = await told(
  article10(site).GET("/api/v1/changes/", { params: { query: { after: Number(after), limit: 1000 } } }),
);
for (const entry of data) console.log(entry.position, say(entry));
