"use strict";
(() => {
  const form = document.querySelector(".sieve"), table = document.querySelector(".clips");
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.querySelectorAll("[data-by]")];
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  let by = "client", up = true;
  const sift = () => {
    const asked = form.text.value.toLowerCase().split(/\s+/), { client, result } = form;
    let shown = 0;
    for (const row of rows) {
      const { text, client: whose, result: how } = row.dataset;
      row.hidden = !(asked.every((word) => text.includes(word)) &&
        (!client.value || client.value === whose) && (!result.value || result.value === how));
      shown += !row.hidden;
    }
    form.querySelector("[role=status]").textContent = `${shown} of ${rows.length} shown`;
  };
  const sort = (wanted, rising) => {
    [by, up] = [wanted, rising];
    const order = (a, b) => (up ? 1 : -1) * words.compare(a.dataset[by], b.dataset[by]);
    body.append(...rows.sort((a, b) => order(a, b) || words.compare(a.dataset.client, b.dataset.client) || words.compare(a.dataset.clip, b.dataset.clip)));
    for (const head of heads) {
      if (head.dataset.by === by) head.setAttribute("aria-sort", up ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    form.order.value = by;
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head.dataset.by, by === head.dataset.by ? !up : true));
    head.append(button);
  }
  form.addEventListener("input", (event) => (event.target === form.order ? sort(form.order.value, true) : sift()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  sort(by, up);
  sift();
})();
