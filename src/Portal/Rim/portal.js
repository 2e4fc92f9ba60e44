// The portal's whole script. Every page works without it; it saves a draft while one types, warns before a session ends and prints.
"use strict";
(() => {
  const token = document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "";
  const post = (address, body) => fetch(address, { method: "POST", body, headers: { "RequestVerificationToken": token }, redirect: "error", credentials: "same-origin" });

  const form = document.querySelector("form[data-autosave]");
  if (form) {
    const line = document.querySelector("#saved");
    let timer = 0, dirty = false;
    const save = async () => {
      dirty = false;
      try {
        const answer = await post(form.dataset.autosave, new FormData(form));
        line.textContent = answer.ok ? await answer.text() : line.dataset.failed;
      } catch {
        dirty = true;
        line.textContent = line.dataset.failed;
      }
    };
    form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1200); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) save(); });
    addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });
    form.addEventListener("submit", () => { clearTimeout(timer); dirty = false; });
  }

  if (matchMedia("(max-width: 56rem)").matches) document.querySelectorAll("[data-fold-small]").forEach(each => { each.open = false; });

  const session = document.querySelector("[data-session-minutes]");
  if (session) {
    let timer = 0;
    const wait = () => { clearTimeout(timer); session.hidden = true; timer = setTimeout(() => { session.hidden = false; }, (session.dataset.sessionMinutes - 5) * 60000); };
    session.querySelector("button").addEventListener("click", async () => { if ((await post("/stay", new FormData())).ok) wait(); });
    wait();
  }

  document.querySelectorAll("[data-print]").forEach(button => { button.hidden = false; button.addEventListener("click", () => print()); });
  document.querySelectorAll("form").forEach(each => each.addEventListener("submit", () => setTimeout(() => each.querySelectorAll("button").forEach(button => { button.disabled = true; }))));
  addEventListener("pageshow", event => { if (event.persisted) document.querySelectorAll("button[disabled]").forEach(button => { button.disabled = false; }); });
  document.querySelector(".errors")?.focus();
})();
