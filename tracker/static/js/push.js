// The button that lets this browser show messages. Without this file, or where a browser cannot, it is not offered.

/** The key of the site as the browser wants it: bytes. */
function keyBytes(text) {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Ask the browser, then tell the site where this browser is reached. */
async function subscribe(offer) {
  const worker = await navigator.serviceWorker.register("/push-worker.js");
  await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: keyBytes(offer.dataset.key) };
  const subscription = await worker.pushManager.subscribe(options);
  const body = JSON.stringify({ ...subscription.toJSON(), query: offer.dataset.query });
  const answer = await fetch(offer.dataset.address, { method: "POST", body, headers: { "content-type": "application/json" } });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return (await answer.json()).manage;
}

const offer = document.getElementById("push-offer");
if (offer && "serviceWorker" in navigator && "PushManager" in window) {
  const status = offer.querySelector("[role=status]");
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", async () => {
    try {
      const manage = document.createElement("a");
      manage.href = await subscribe(offer);
      manage.textContent = status.dataset.manage;
      status.replaceChildren(`${status.dataset.done} `, manage);
    } catch (error) {
      status.textContent = `${status.dataset.no} ${error.message}`;
    }
  });
}
