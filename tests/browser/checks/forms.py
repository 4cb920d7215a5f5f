"""Rules for every form, today's and those to come (1.3.5, 3.3.1, 3.3.2, 3.3.7, 3.3.8)."""

from __future__ import annotations

from playwright.sync_api import Page

_FORMS = """() => {
  const found = [];
  const tell = (words, e) => found.push(`${words}: ${e.name || e.id || look.name(e)}`);
  // What is said of a group of choices is said of each.
  const described = (e) => [e, e.closest("fieldset")].filter(Boolean)
    .flatMap((one) => ["aria-describedby", "aria-errormessage"]
      .flatMap((name) => (one.getAttribute(name) || "").split(" ")));
  // A new password is typed twice, since nobody can read it (3.3.7 leaves that out).
  const twice = ["on", "off", "new-password"];
  const kept = ["hidden", "submit", "button", "reset", "image"];
  // What is hidden from everybody is a trap for programs.
  const fields = [...document.querySelectorAll("input, select, textarea")]
    .filter((e) => !kept.includes(e.type) && !e.closest('.visually-hidden[aria-hidden="true"]'));
  for (const e of fields) {
    const labels = [...(e.labels || [])]
      .filter((label) => look.shown(label) && label.textContent.trim());
    const folded = e.closest("details:not([open])");
    if (!labels.length && !folded && !e.getAttribute("aria-labelledby")) {
      tell("no label that is seen", e);
    }
    if (["email", "tel", "password"].includes(e.type) && !e.getAttribute("autocomplete")) {
      tell("no autocomplete", e);
    }
    if (e.type === "password") {
      if (!/(current|new)-password|one-time-code/.test(e.autocomplete)) {
        tell("no way for a password manager", e);
      }
      const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
      if (e.readOnly || e.hasAttribute("onpaste") || !e.dispatchEvent(paste)) tell("no pasting", e);
    }
    const told = described(e).some((id) => document.getElementById(id)?.textContent.trim());
    if (e.getAttribute("aria-invalid") === "true" && !told) {
      tell("an error that nothing tells", e);
    }
    const puzzle = new RegExp("captcha|robot|puzzle|solve|rompecabezas|palaisipan|រូបផ្គុំ"
      + "|\\\\d\\\\s*[+×*-]\\\\s*\\\\d\\\\s*=?\\\\s*\\\\?", "i");
    if (puzzle.test([e.name, e.id, ...labels.map((label) => label.textContent)].join(" "))) {
      tell("a test of the mind", e);
    }
  }
  for (const form of document.querySelectorAll("form")) {
    const inside = fields.filter((e) => e.form === form);
    const belongs = inside.flatMap(described);
    for (const e of form.querySelectorAll(".form__error, .error")) {
      if (!belongs.includes(e.id)) tell("an error that belongs to no field", e);
    }
    const asked = inside.filter((e) => !["radio", "checkbox"].includes(e.type)).flatMap((e) => {
      const token = (e.getAttribute("autocomplete") || "").split(" ").pop();
      const label = [...(e.labels || [])]
        .map((one) => one.textContent.trim().toLowerCase()).join(" ");
      return [e.name && `name ${e.name}`, label && `label ${label}`,
        token && !twice.includes(token) && `autocomplete ${token}`].filter(Boolean);
    });
    const again = asked.filter((one, n) => asked.indexOf(one) < n);
    if (again.length) tell(`asked again, ${again}`, form);
  }
  return found;
}"""


def forms(page: Page) -> list[str]:
    """Fields are labelled, ask nothing twice, tell their errors, and test nobody's mind."""
    return list(page.evaluate(_FORMS))
