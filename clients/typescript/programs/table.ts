// A list as a table for a spreadsheet, with its name: node build/programs/table.js SITE 2023-10-30
import { article10 } from "../src/index.js";

const [site = "http://localhost:8000", as_of = "2023-10-30"] = process.argv.slice(2);
const { data, response } = await article10(site).GET("/api/v1/ratifications.csv", {
  params: { query: { as_of, accession: ["SWE", "FIN"], bom: true } },
  parseAs: "text",
});
if (data === undefined) throw new Error(`the site answers ${response.status}`);
const rows: string = data;
console.log(response.headers.get("Content-Disposition"));
console.log(rows.split("\r\n").length - 2, "rows");
