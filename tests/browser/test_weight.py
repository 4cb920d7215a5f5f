"""What a first view of a page asks of a phone, and what it leaves there."""

from __future__ import annotations

import pytest

MOST_REQUESTS = 4
MOST_BYTES = {"en": 25_000, "es": 25_000, "tl": 25_000, "km": 45_000}
SHIFTED = """() => new Promise((done) => {
  let moved = 0;
  const watch = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) moved += entry.value;
  });
  watch.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 100);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_first_view_is_light_and_alone(path, width, visit, host):
    before = len(host.sent)
    page = visit(path, viewport={"width": width, "height": 740})
    page.wait_for_load_state("networkidle")
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    sent = host.sent[before:]
    assert [address for address in asked if not address.startswith(host.url)] == []
    assert [one for one in sent if one.status != 200] == []
    assert len(sent) <= MOST_REQUESTS, sent
    assert sum(one.size for one in sent) <= MOST_BYTES.get(path.split("/")[1], 25_000), sent
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate(SHIFTED) < 0.02
