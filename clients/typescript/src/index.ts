/** The record of how states join NATO. The types in `api.d.ts` are made of the description: `npm run generate`. */
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api.js";

export type Schemas = components["schemas"];
export type Article10 = Client<paths>;

/** One site that is asked: `article10("http://localhost:8000").GET("/api/v1/accessions/", …)`. */
export function article10(site: string): Article10 {
  return createClient<paths>({ baseUrl: site.replace(/\/+$/, "") });
}

/** What the site answered; a refusal is thrown with the sentence in which the site gives its reason. */
export async function told<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  if (data === undefined) {
    throw new Error((error as Schemas["Problem"] | undefined)?.detail ?? "no answer");
  }
  return data;
}
