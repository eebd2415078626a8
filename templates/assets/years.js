/* The years of the search page: a bar for how much of what was found is in each, dragged over for a
   filter. search.js brings this when it has counted. */
(function (global) {
  "use strict";

  const { element, number, years } = global.broadsheetSearch;
  const { first, last, from, to, refilter } = years, many = last - first + 1;
  const histogram = document.querySelector(".histogram");
  let anchor = 0; // the year where the pointer went down

  years.paint = (counts) => {
    const most = Math.max(...counts.values());
    for (const bar of histogram.children) {
      const { year } = bar, count = counts.get(year) || 0;
      bar.title = year + " · " + number(count);
      bar.style.transform = `scaleY(${Math.max(count / most, 0.02)})`; // a height would be a shift
      bar.classList.toggle("out", (from.value && year < from.value) || (to.value && year > to.value));
    }
  };

  function drag(event) {
    const { left, width } = histogram.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * many);
    const year = first + Math.max(0, Math.min(many - 1, at)), begins = event.type === "pointerdown";
    if (begins) histogram.setPointerCapture(event.pointerId), (anchor = year);
    if (!anchor) return;
    from.value = Math.min(anchor, year);
    to.value = Math.max(anchor, year);
    refilter(begins ? "pushState" : "replaceState");
  }

  from.placeholder = first;
  to.placeholder = last;
  histogram.append(...Array.from({ length: many }, (_, i) => element("i", { year: first + i })));
  histogram.addEventListener("pointerdown", drag);
  histogram.addEventListener("pointermove", drag);
  histogram.addEventListener("lostpointercapture", () => (anchor = 0));
  years.paint(years.counts);
})(globalThis);
