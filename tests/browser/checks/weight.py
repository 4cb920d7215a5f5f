"""What a first view of a page asks of a phone, and what it leaves there."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page

MOST_REQUESTS = 4
MOST_BYTES = {"en": 25_000, "es": 25_000, "tl": 25_000}
MOST_WITH_KHMER = 45_000
_SENT = """async () => {
  await document.fonts.ready;
  const sent = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
  return sent.map((one) => [one.name, one.responseStatus, one.encodedBodySize]);
}"""
_LEFT = "() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
_SHIFTED = """() => new Promise((done) => {
  let moved = 0;
  const watch = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) moved += entry.value;
  });
  watch.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


def weight(page: Page) -> list[str]:
    """A first view takes few requests and bytes, all from here, leaves nothing, and stays put."""
    sent = page.evaluate(_SENT)
    here = urlsplit(page.url)
    away = [name for name, _, _ in sent if urlsplit(name).netloc != here.netloc]
    found = [f"from elsewhere: {name}" for name in away]
    found += [f"{status}: {name}" for name, status, _ in sent if status != 200]
    total = sum(size for _, _, size in sent)
    if len(sent) > MOST_REQUESTS:
        found.append(f"{len(sent)} requests")
    if total > MOST_BYTES.get(here.path.split("/")[1], MOST_WITH_KHMER):
        found.append(f"{total:,} bytes")
    found += [f"left behind: {what}" for what in page.evaluate(_LEFT) if what]
    moved = page.evaluate(_SHIFTED)
    return [*found, *([f"moved by {moved:.2f}"] if moved >= 0.02 else [])]
