// Comfort only: every page says and does the same without this file.

/** A slider beside the date field; letting go of it shows the page of that day. */
function addDateSlider(form) {
  const field = form.elements.as_of;
  const day = 86_400_000;
  const earliest = Date.parse(form.dataset.earliest);
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "date-slider";
  slider.min = 0;
  slider.max = Math.round((Date.parse(form.dataset.latest) - earliest) / day);
  slider.value = Math.round((Date.parse(field.value) - earliest) / day);
  slider.setAttribute("aria-label", form.dataset.sliderLabel);
  slider.addEventListener("input", () => {
    field.value = new Date(earliest + slider.value * day).toISOString().slice(0, 10);
    slider.setAttribute("aria-valuetext", field.value);
  });
  // A key press on a slider fires `change` each time, so only the mouse and touch submit; keys use the button.
  slider.addEventListener("pointerup", () => form.requestSubmit());
  slider.setAttribute("aria-valuetext", field.value);
  form.querySelector(".slider-room").append(slider);
}

/** The value a cell is sorted by: what the server has put there for the purpose, or its text. */
function sortValue(row, column) {
  const cell = row.cells[column];
  return cell?.dataset.sort ?? cell?.querySelector("time")?.dateTime ?? cell?.textContent.trim() ?? "";
}

/** Order the rows of the table by one column, the other way round on a second press. */
function sortBy(table, header) {
  const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
  const sign = direction === "ascending" ? 1 : -1;
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const body = table.tBodies[0];
  const rows = [...body.rows].sort(
    (a, b) => sign * order.compare(sortValue(a, header.cellIndex), sortValue(b, header.cellIndex)),
  );
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", direction);
  body.append(...rows);
}

/** Headings of a sortable table become buttons. */
function makeSortable(table) {
  for (const header of table.tHead?.querySelectorAll("th:not([data-unsortable])") ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sortBy(table, header));
    header.setAttribute("aria-sort", "none");
    header.append(button);
  }
}

/** A button that copies what stands ready to be quoted or cited. It lies over the text, so that nothing moves. */
function makeCopyable(text) {
  const { copy, copied } = text.closest("[data-copy]").dataset;
  const frame = document.createElement("div");
  const button = document.createElement("button");
  frame.className = "copy-frame";
  button.type = "button";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = copied;
  });
  text.replaceWith(frame);
  frame.append(text, button);
}

/** What has been recorded since the reader was here last; the number of that entry stays in this browser. */
function tellWhatIsNew(line) {
  const { position, none, some } = line.dataset;
  let seen = NaN;
  try {
    seen = Number.parseInt(localStorage.getItem("position"), 10);
    localStorage.setItem("position", position);
  } catch {
    return; // A browser that keeps nothing has nothing to compare with.
  }
  if (Number.isNaN(seen)) return;
  const count = Number(position) - seen;
  line.firstChild.textContent = count > 0 ? `${some} ${count}. ` : `${none} `;
}

document.querySelectorAll(".since").forEach(tellWhatIsNew);
document.querySelectorAll("form[data-earliest]").forEach(addDateSlider);
document.querySelectorAll("table.sortable").forEach(makeSortable);
// Browsers give a page the clipboard over a safe connection only.
if (navigator.clipboard) document.querySelectorAll("[data-copy] pre").forEach(makeCopyable);
