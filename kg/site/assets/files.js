/* Says that this copy of the site is made of files, where the address asks for something that the
   page was not made from. */
const told = document.getElementById("files-only");
if (told && told.dataset.asked === "no" && location.search.length > 1) told.hidden = false;
