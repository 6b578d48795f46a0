// Draws the API's description, which this same server gives. Nothing is asked of any other host.
(() => {
  const host = document.getElementById("api-docs");
  if (!host || !window.SwaggerUIBundle) return;

  // Swagger UI has a dark dress of its own, which hangs on this class.
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dress = () => root.classList.toggle("dark-mode", root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  dress();
  document.addEventListener("themechange", dress);
  system.addEventListener("change", dress);

  window.SwaggerUIBundle({
    url: host.dataset.schema,
    domNode: host,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    tryItOutEnabled: true,
    supportedSubmitMethods: ["get"],
    validatorUrl: null,
  });
})();
