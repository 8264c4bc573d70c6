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

/* A word like `cmq:par` whose prefix is ours stands for an IRI even where nobody declared the prefix;
   what is chosen then declares it. */
const ours = new Map();

function before(yasqe, token) {
  const text = token.string.trim();
  const at = text.indexOf(":");
  token.autocompletionString = text.startsWith("<") ? text.slice(1).replace(/>$/, "") : text;
  if (text.startsWith("<") || at < 0) return token;
  const uri = yasqe.getPrefixesFromQuery()[text.slice(0, at)] ?? ours.get(text.slice(0, at));
  token.tokenPrefix = text.slice(0, at + 1);
  if (uri) Object.assign(token, { tokenPrefixUri: uri, autocompletionString: uri + text.slice(at + 1) });
  return token;
}

function after(yasqe, token, iri) {
  return token.tokenPrefixUri ? token.tokenPrefix + iri.slice(token.tokenPrefixUri.length) : `<${iri}>`;
}

function declaring(yasqe, hints) {
  for (const each of hints) {
    each.hint = (editor, all, chosen) => {
      editor.replaceRange(chosen.text, chosen.from ?? all.from, chosen.to ?? all.to, "complete");
      const name = chosen.text.startsWith("<") ? "" : chosen.text.split(":")[0];
      if (ours.has(name) && !(name in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [name]: ours.get(name) });
    };
  }
  return hints;
}

function completers(Yasqe) {
  const told = rows("completions");
  told.then((all) => all.filter((row) => row.kind === "prefix").forEach((row) => ours.set(row.name.replace(/:$/, ""), row.iri)));
  const of = (kind) => async () => (await told).filter((row) => row.kind === kind);
  const bulk = { bulk: true, autoShow: false, persistenceId: null };
  const iris = { ...bulk, preProcessToken: before, postProcessSuggestion: after, postprocessHints: declaring };
  Yasqe.forkAutocompleter("class", { ...iris, name: "our-classes", get: async () => (await of("class")()).map((row) => row.iri) }, false);
  Yasqe.forkAutocompleter("property", { ...iris, name: "our-properties", get: async () => (await of("property")()).map((row) => row.iri) }, false);
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
