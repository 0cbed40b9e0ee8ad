// One person's page: choose clips to compare, and delete.

import { ask } from "./api.js";

const compare = document.getElementById("compare");
const fault = document.getElementById("fault");
const go = compare.querySelector("[type=submit]");
const said = document.getElementById("said");

if (go) {
  const ticked = () => [...compare.querySelectorAll("input:checked")].map((box) => box.value);
  const count = () => (go.disabled = ticked().length < 2);
  compare.addEventListener("change", count);
  count();
  compare.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.textContent = "";
    go.disabled = true;
    try {
      const { page } = await ask("POST", "/api/compare", { json: { results: ticked() } });
      location.assign(page);
    } catch (error) {
      fault.textContent = error.message;
    }
    count();
  });
}

const sure = document.getElementById("sure");
for (const button of document.querySelectorAll("[data-delete]"))
  button.addEventListener("click", () => {
    document.getElementById("sure-what").textContent = button.dataset.what;
    sure.returnValue = "no";
    sure.showModal();
    sure.onclose = async () => {
      if (sure.returnValue !== "yes") return;
      try {
        const { left = [] } = await ask("DELETE", button.dataset.delete);
        if (left.length) said.textContent = `Left in the folder, because Stridecheck did not make it: ${left.join(", ")}.`;
        else if (button.dataset.then || document.querySelectorAll(".result").length < 2) location.assign("/");
        else location.reload();
      } catch (error) {
        said.textContent = error.message;
      }
    };
  });
