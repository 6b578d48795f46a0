// Beside a field with data-phrase: how its words are understood, as the server reads them.
(() => {
  const PAUSE = 180; // milliseconds without a key before the server is asked
  const form = document.querySelector("form[data-phrase-url]");
  if (!form) return;

  const outputFor = (field) => {
    let output = field.parentElement.querySelector(".understood");
    if (!output) {
      output = document.createElement("p");
      output.className = "understood";
      field.after(output);
    }
    output.setAttribute("role", "status");
    return output;
  };

  for (const field of form.querySelectorAll("[data-phrase]")) {
    const output = outputFor(field);
    let timer = 0;
    let asked = null;

    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const words = field.value.trim();
      if (!words) {
        output.textContent = "";
        return;
      }
      const query = new URLSearchParams({ words, kind: field.dataset.phrase });
      const published = form.elements.published_on;
      if (published && published !== field) query.set("published_on", published.value);
      try {
        const answer = await fetch(`${form.dataset.phraseUrl}?${query}`, { signal: asked.signal });
        if (!answer.ok || answer.redirected) return;
        const { understood, message } = await answer.json();
        output.textContent = message;
        output.classList.toggle("is-wrong", !understood);
      } catch {
        // Asked again meanwhile, or the network is away: saving reads the words all the same.
      }
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    };
    field.addEventListener("input", later);
    if (field.name !== "published_on") form.elements.published_on?.addEventListener("input", later);
    const isTold = field.closest(".is-wrong"); // the page already says what is wrong with these words
    if (field.value && !output.textContent && !isTold) ask();
  }
})();
