"""What a first view of a page asks of a phone, and what it leaves there."""

from __future__ import annotations

MOST_REQUESTS = 4
MOST_BYTES = {"en": 25_000, "es": 25_000, "tl": 25_000}
MOST_WITH_KHMER = 45_000
SHIFTED = """() => new Promise((done) => {
  let moved = 0;
  const watch = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) moved += entry.value;
  });
  watch.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 100);
})"""


def test_a_first_view_is_light_and_alone(path, visit, host):
    before = len(host.sent)
    page = visit(path, viewport={"width": 360, "height": 740})
    page.evaluate("document.fonts.ready")
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    sent = host.sent[before:]
    assert [address for address in asked if not address.startswith(host.url)] == []
    assert [one for one in sent if one.status != 200] == []
    most = MOST_BYTES.get(path.split("/")[1], MOST_WITH_KHMER)
    assert len(sent) <= MOST_REQUESTS, sent
    assert sum(one.size for one in sent) <= most, sent
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate(SHIFTED) < 0.02
