// All events of some allies, page after page in one edition: node build/programs/walk.js SITE SWE TUR HUN
import { article10, told, type Schemas } from "../src/index.js";

async function* events(site: string, accession: string[], actor: string[]): AsyncGenerator<Schemas["Event"]> {
  const client = article10(site);
  let cursor: string | undefined;
  do {
    const query = { accession, actor, limit: 50, ...(cursor ? { cursor } : {}) };
    const { data, links } = await told(client.GET("/api/v1/events/", { params: { query } }));
    yield* data;
    cursor = links.next_cursor ?? undefined;
  } while (cursor);
}

const [site = "http://localhost:8000", accession = "SWE", ...allies] = process.argv.slice(2);
let seen = 0;
for await (const { date, votes, title } of events(site, [accession], allies)) {
  seen += 1;
  if (votes) console.log(date, title, `${votes.yes}–${votes.no ?? "?"}`);
}
console.log(`${seen} events`);
