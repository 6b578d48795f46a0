// Small helps of the editing pages; every page works without them.
(() => {
  document.querySelector("[data-focus]")?.focus();

  // A part that belongs to one answer of a group of radio buttons is shown with that answer only.
  const parts = document.querySelectorAll("[data-shown-by]");
  const show = () => {
    for (const part of parts) {
      const chosen = document.querySelector(`input[name="${part.dataset.shownBy}"]:checked`);
      part.hidden = Boolean(chosen) && chosen.value !== part.dataset.shownWhen;
    }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[type=radio]")) show();
  });
  show();

  // A search field that narrows a list of ticks; what is ticked stays in sight.
  for (const search of document.querySelectorAll("[data-narrows]")) {
    const list = document.getElementById(search.dataset.narrows);
    search.addEventListener("input", () => {
      const words = search.value.trim().toLowerCase();
      for (const tick of list.querySelectorAll(".tick")) {
        tick.hidden = !tick.textContent.toLowerCase().includes(words) && !tick.querySelector("input").checked;
      }
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  // One tick for all of a list.
  for (const all of document.querySelectorAll("[data-ticks-all]")) {
    all.addEventListener("change", () => {
      for (const tick of document.querySelectorAll(`input[name="${all.dataset.ticksAll}"]`)) tick.checked = all.checked;
    });
  }
})();
