// What is typed at the desk is kept while it is typed; a second click sends nothing; a log-in that ends says so before.
"use strict";

(() => {
  // Read before the page: its keys work, and a second click is held back, from the first moment that it can be seen.

  // A form is sent once. Coming back to the page by the browser's button lets it be sent again.
  let sent = false;
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });

  // The keys of the page, also where the browser wants another one beside Alt; where it has taken the key, none comes here.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.key.length !== 1) return;
    const target = document.querySelector(`[accesskey="${CSS.escape(event.key.toLowerCase())}"]`);
    if (target) {
      event.preventDefault();
      target.click();
    }
  });

  const keepTyping = (form) => {
    const told = document.createElement("p");
    told.className = "desk-kept desk-quiet";
    told.setAttribute("role", "status");
    form.append(told);
    let waiting = 0;
    let last = "";

    const typed = () => {
      const data = new FormData(form);
      data.delete("csrfmiddlewaretoken");
      return new URLSearchParams([...data].filter(([, value]) => typeof value === "string")).toString();
    };
    const keep = async () => {
      const data = typed();
      if (sent || data === last) return;
      last = data;
      const body = new URLSearchParams({ page: form.getAttribute("action"), title: form.dataset.title, data });
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      try {
        const answer = await fetch(form.dataset.keep, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error", keepalive: data.length < 50000 });
        if (!answer.ok) throw new Error(answer.statusText);
        form.querySelector("[name=draft]").value = (await answer.json()).draft;
        told.textContent = "Draft kept.";
      } catch {
        last = "";
        told.textContent = "This draft could not be kept just now: your log-in may have ended. What you send is kept all the same.";
      }
    };
    form.addEventListener("input", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(keep, 1200);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && waiting) keep();
    });

    // An address that is pasted is read at once, where nothing is said of the source yet.
    form.addEventListener("paste", (event) => {
      const field = event.target;
      if (!(field instanceof HTMLInputElement) || !field.name.endsWith("-url")) return;
      const row = field.name.slice(0, -4);
      const title = form.querySelector(`[name="${row}-title"]`);
      const read = form.querySelector(`button[name="tool"][value="read ${row}"]`);
      if (!read || !title || title.value) return;
      window.setTimeout(() => look(row, field.value), 0);
    });
    const look = async (row, address) => {
      if (!/^https?:\/\/\S+$/.test(address)) return;
      told.textContent = "Reading the page…";
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const asked = { method: "POST", body: new URLSearchParams({ url: address }), headers: { "X-CSRFToken": token }, redirect: "error" };
      const answer = await fetch(form.dataset.look, asked).catch(() => null);
      const found = answer && answer.ok ? await answer.json() : { fields: {}, trouble: "The page could not be read." };
      for (const [name, value] of Object.entries(found.fields)) {
        const field = form.querySelector(`[name="${row}-${name}"]`);
        if (field && (!field.value || name === "url")) field.value = value;
      }
      told.textContent = found.trouble || "Title, publisher and day are filled in as far as the page tells them: look at them.";
      form.dispatchEvent(new Event("input"));
    };
  };

  const tellEnd = (ending) => {
    // Counted from the moment the page came, whatever the clock of this machine says.
    const ends = performance.now() + Number(ending.dataset.ends) * 1000;
    const tell = () => {
      const left = ends - performance.now();
      if (left < 5 * 60000) {
        ending.hidden = false;
        ending.querySelector("strong").textContent = `${Math.max(0, Math.ceil(left / 60000))}`;
      }
    };
    window.setInterval(tell, 15000);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-keep]").forEach(keepTyping);
    document.querySelectorAll("[data-ends]").forEach(tellEnd);
  });
})();
