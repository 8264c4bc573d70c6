/* Puts a button that copies beside every element with data-copy; without this script the text
   can be selected with one click. */
for (const element of document.querySelectorAll("[data-copy]")) {
  const what = element.dataset.copy || "Copy";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = what;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const text = element.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
      said.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(element);
      button.textContent = "Selected";
      said.textContent = "Selected; copy it with the keyboard";
    }
    setTimeout(() => { button.textContent = what; said.textContent = ""; }, 2000);
  });
  element.after(button, said);
}
