/* Puts YASGUI in the place of the plain form. It asks nobody but this site: the endpoint, and what
   completes words (prefixes, classes and properties that the data have). Without the vendored file
   or without this script the plain form stays. */
const form = document.getElementById("plain");
const place = document.getElementById("yasgui");
const Yasgui = window.Yasgui;

const address = (name) => new URL(form.dataset[name], location.href).href;

async function rows(name) {
  const answer = await fetch(address(name), { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).rows : [];
}

function completers(Yasqe) {
  const told = rows("completions");
  const of = (kind) => async () => (await told).filter((row) => row.kind === kind);
  const bulk = { bulk: true, autoShow: false, persistenceId: null };
  Yasqe.forkAutocompleter("class", { ...bulk, name: "our-classes", get: async () => (await of("class")()).map((row) => row.iri) }, false);
  Yasqe.forkAutocompleter("property", { ...bulk, name: "our-properties", get: async () => (await of("property")()).map((row) => row.iri) }, false);
  Yasqe.forkAutocompleter("prefixes", { ...bulk, autoShow: true, name: "our-prefixes", get: async () => (await of("prefix")()).map((row) => `${row.name} <${row.iri}>`) }, false);
  return ["our-prefixes", "our-classes", "our-properties", "variables"];
}

/* What the library leaves unsaid to screen readers and keyboards. */
function said() {
  for (const field of place.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", "SPARQL query");
  for (const text of place.querySelectorAll(".CodeMirror-scroll")) text.tabIndex = 0;
  for (const tab of place.querySelectorAll("[role=tablist], [role=tab]")) {
    for (const name of ["role", "aria-selected", "aria-controls"]) tab.removeAttribute(name);
  }
  for (const tab of place.querySelectorAll(".tabsList [aria-selected]")) tab.removeAttribute("aria-selected");
}

function begin() {
  const query = form.elements.query.value;
  const autocompleters = completers(Yasgui.Yasqe);
  const shared = (yasqe) => {
    const link = new URL(form.dataset.here, location.href);
    link.searchParams.set("query", yasqe.getValue());
    return link.href;
  };
  place.hidden = false;
  form.hidden = true;
  const editor = new Yasgui(place, {
    requestConfig: { endpoint: address("endpoint"), method: "POST" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [] },
    populateFromUrl: false,
    autoAddOnInit: false,
    persistenceId: null,
    tabName: "Query",
    autofocus: false,
    yasqe: { value: query, autocompleters, createShareableLink: shared, persistenceId: null },
    yasr: { persistenceId: null },
  });
  editor.addTab(true, { name: "Query", yasqe: { value: query } });
  said();
  new MutationObserver(said).observe(place, { childList: true, subtree: true, attributeFilter: ["aria-selected"] });
  return editor;
}

if (form && place && Yasgui) {
  const editor = begin();
  const choice = document.getElementById("example");
  document.getElementById("load").addEventListener("click", async (event) => {
    event.preventDefault();
    const example = (await rows("examples")).find((row) => row.name === choice.value);
    if (example) editor.addTab(true, { name: example.name, yasqe: { value: example.query } });
  });
}
