// Tells how many characters are left where a text has nearly reached its limit. The browser takes no
// more than that, so that nothing is typed which would be refused.
"use strict";
const words = document.currentScript.dataset.left;
for (const area of document.querySelectorAll("[maxlength]")) {
  const told = document.createElement("p");
  told.className = "form__hint";
  told.setAttribute("role", "status");
  area.after(told);
  const show = () => {
    const left = area.maxLength - area.value.length;
    told.textContent = left < area.maxLength / 10 ? words.replace("{count}", left) : "";
    told.hidden = !told.textContent;
  };
  area.addEventListener("input", show);
  show();
}
