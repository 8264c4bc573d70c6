/* Suggests more names than the page holds, found by the search of this site. Without this script
   the names in the page are suggested, and any other can be typed. */
for (const input of document.querySelectorAll("input[data-kinds]")) {
  const options = document.getElementById(input.getAttribute("list"));
  const kinds = new Set(input.dataset.kinds.split(" ").filter(Boolean));
  let asked = "";
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    const text = input.value.trim();
    if (text.length < 2 || text === asked) return;
    waiting = setTimeout(async () => {
      asked = text;
      const address = new URL(input.dataset.search, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok || asked !== text) return;
      const known = new Set([...options.children].map((option) => option.value));
      for (const row of (await answer.json()).rows) {
        if ((kinds.size === 0 || kinds.has(row.kind)) && !known.has(row.name)) {
          known.add(row.name);
          options.append(new Option(row.matched === "name" ? row.text : "", row.name));
        }
      }
    }, 200);
  });
}
