"use strict";

// Language: the document has both, and the style sheet shows the root's.
const root = document.documentElement;
const WORDS = { requests: "请求", "Nothing was measured.": "什么也没有测到。", connections: "连接数", "value axis": "数值轴", linear: "线性", logarithmic: "对数" };

function say(english) {
  return root.lang === "zh" ? WORDS[english] : english;
}

function speak(language) {
  root.lang = language;
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === language);
  for (const said of document.querySelectorAll("[data-en]")) said.setAttribute(said.hasAttribute("title") ? "title" : "aria-label", said.dataset[language]);
  document.title = document.querySelector("h1 [lang=" + language + "]").textContent;
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => { speak(button.dataset.language); draw(); });
}

// Sorting: by the number in data-value, else by the text; rows without figures stay at the end.
for (const table of document.querySelectorAll(".figures")) for (const [column, button] of table.querySelectorAll("thead button").entries()) {
  button.addEventListener("click", () => {
    const header = button.parentElement;
    const ascending = header.getAttribute("aria-sort") !== "ascending";
    for (const other of header.parentElement.children) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const body = table.querySelector("tbody");
    const key = row => {
      const cell = row.children[column];
      if (column === 0) return cell.textContent;
      return cell && cell.dataset.value ? Number(cell.dataset.value) : null;
    };
    const rows = [...body.children].sort((a, b) => {
      const x = key(a), y = key(b);
      if (x === null || y === null) return (x === null) - (y === null);
      return (x < y ? -1 : x > y ? 1 : 0) * (ascending ? 1 : -1);
    });
    body.append(...rows);
  });
}

// Latency curves. The place of a percentile is the logarithm of one out of how many lies beyond it:
// 90 % at 1, 99 % at 2, 99.9 % at 3.
const dark = matchMedia("(prefers-color-scheme: dark)");
const KINDS = {
  latency: { draw: drawLatency, values: null }, // always logarithmic
  sweep: { draw: drawSweep, values: curve => curve.values },
  scaling: { draw: drawScaling, values: curve => [...curve.measured, ...curve.within, ...curve.beyond] },
};
const LEAST_PERCENTILE = 25;
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

function place(percentile) {
  return -Math.log10(1 - percentile / 100);
}

function percentileText(place) {
  return +(100 - 100 * 10 ** -place).toPrecision(6) + " %";
}

function microsText(micros) {
  if (micros == null) return "–";
  const [value, unit] = micros >= 1e6 ? [micros / 1e6, "s"] : micros >= 1e3 ? [micros / 1e3, "ms"] : [micros, "µs"];
  return Number(value.toPrecision(3)) + " " + unit;
}

// Values that span more than this begin on a logarithmic axis: on a linear one the least of them lie
// within 20 of 300 pixels from zero, and upon each other.
const WIDE_SPAN = 15;
const MOST_TICKS = 12;

function number(value) {
  return value == null ? "–" : Number(value.toPrecision(3)).toLocaleString("en");
}

function isWide(lists) {
  const values = lists.flat().filter(value => value != null);
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) > WIDE_SPAN * least;
}

// 1, 2 and 5 of each power of ten, from the last not above to the first not below.
function decadeTicks(least, most) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
    for (const factor of [1, 2, 5]) ticks.push(Number(factor + "e" + power));
  }
  const begin = ticks.findLastIndex(tick => tick <= least), end = ticks.findIndex(tick => tick >= most);
  return ticks.slice(begin, end + 1);
}

function isPowerOfTen(value) {
  return /^1(e|$)/.test(value.toExponential());
}

// What a chart takes for its values; every tick of ours is shown, whatever the library would leave out.
function valueAxis(logarithmic, text) {
  const all = (chart, splits) => splits;
  return logarithmic
    ? {
        scale: {
          distr: 3,
          range: (chart, least, most) => {
            if (!(least > 0)) return [1, 10];
            const ticks = decadeTicks(least, most);
            return ticks.length > 1 ? [ticks[0], ticks.at(-1)] : [ticks[0], 2 * ticks[0]];
          },
        },
        axis: {
          size: 82,
          splits: (chart, index, least, most) => {
            const ticks = decadeTicks(least, most);
            return ticks.length > MOST_TICKS ? ticks.filter(isPowerOfTen) : ticks;
          },
          filter: all,
          values: (chart, splits) => splits.map(text),
        },
      }
    : { scale: { range: (chart, least, most) => [0, most * 1.05 || 1] }, axis: { size: 82 } };
}

// Which axis the values have; a click draws the chart anew.
function axisSwitch(chart) {
  const choice = document.createElement("p");
  choice.className = "axis";
  choice.append(say("value axis") + " ");
  for (const logarithmic of [false, true]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say(logarithmic ? "logarithmic" : "linear");
    button.setAttribute("aria-pressed", chart.logarithmic === logarithmic);
    button.addEventListener("click", () => {
      chart.logarithmic = logarithmic;
      redrawn(chart);
      chart.holder.querySelector(".axis [aria-pressed=true]").focus();
    });
    choice.append(button, " ");
  }
  return choice;
}

function style(curve, seen) {
  const n = seen[curve.family] = (seen[curve.family] || 0) + 1;
  return {
    label: curve.name,
    stroke: colour(curve.family + "-" + n) || colour("quiet"),
    width: 2,
    dash: DASHES[(n - 1) % DASHES.length],
  };
}

function axisStyle() {
  return { stroke: colour("quiet"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 } };
}

// A sweep: each row's median over the settings.
function drawSweep(holder, data, logarithmic) {
  const seen = {};
  const series = data.curves.map(curve => ({ ...style(curve, seen), spanGaps: true, points: { show: true, size: 6 }, value: (chart, v) => number(v) }));
  const axis = axisStyle();
  const vertical = valueAxis(logarithmic, number);
  new uPlot({
    width: holder.clientWidth,
    height: 300,
    padding: [8, 32, 0, 0],
    focus: { alpha: 0.25 },
    cursor: { focus: { prox: 24 }, y: false },
    scales: { x: { time: false, distr: 3 }, y: vertical.scale },
    axes: [
      { ...axis, splits: () => data.places, filter: (chart, splits) => splits, values: (chart, splits) => splits.map(v => v.toLocaleString("en")) },
      { ...axis, ...vertical.axis },
    ],
    series: [{ label: root.lang === "zh" ? data.axis.chinese : data.axis.english, value: (chart, x) => number(x) }, ...series],
    hooks: { ready: [chart => chart.setLegend({ idx: data.places.length - 1 })] },
  }, [data.places, ...data.curves.map(curve => curve.values)], holder);
}

// The scaling law: points as measured, the law as a line, and dashed beyond the last point.
function drawScaling(holder, data, logarithmic) {
  const seen = {};
  const series = [], values = [];
  for (const curve of data.curves) {
    const line = style(curve, seen);
    series.push(
      { ...line, dash: [], spanGaps: true, points: { show: false }, value: (chart, v) => number(v) },
      { ...line, dash: [4, 6], width: 1.5, class: "beyond", points: { show: false } },
      { ...line, width: 0, class: "beyond", paths: () => null, points: { show: true, size: 7, fill: line.stroke } },
    );
    values.push(curve.within, curve.beyond, curve.measured);
  }
  const axis = axisStyle();
  const vertical = valueAxis(logarithmic, number);
  const last = data.places.findLastIndex((place, i) => data.curves.some(curve => curve.measured[i] != null));
  new uPlot({
    width: holder.clientWidth,
    height: 340,
    padding: [8, 32, 0, 0],
    cursor: { y: false },
    scales: { x: { time: false, distr: 3 }, y: vertical.scale },
    axes: [
      { ...axis, splits: () => data.places.filter(v => Number.isInteger(Math.round(Math.log10(v) * 1e6) / 1e6)), values: (chart, splits) => splits.map(v => Math.round(v).toLocaleString("en")) },
      { ...axis, ...vertical.axis },
    ],
    series: [{ label: say("connections"), value: (chart, x) => number(x) }, ...series],
    hooks: {
      ready: [chart => chart.setLegend({ idx: last })],
      // A click on a name hides all three of its curves.
      setSeries: [(chart, i, options) => {
        if (options.show == null || (i - 1) % 3 !== 0) return;
        for (const other of [i + 1, i + 2]) if (chart.series[other].show !== options.show) chart.setSeries(other, { show: options.show });
      }],
    },
  }, [data.places, ...values], holder);
}

function drawLatency(holder, data) {
  if (data.curves.length === 0) {
    holder.textContent = say("Nothing was measured.");
    return;
  }
  // Left of it each curve falls to the luckiest request, and takes the room from what matters.
  const shown = [...data.percentiles.keys()].filter(i => data.percentiles[i] >= LEAST_PERCENTILE);
  const at99 = shown.findIndex(i => data.percentiles[i] === 99);
  const seen = {};
  const series = data.curves.map(curve => ({
    ...style(curve, seen),
    points: { show: false },
    value: (chart, micros) => microsText(micros),
  }));
  const axis = axisStyle();
  const vertical = valueAxis(true, microsText);
  new uPlot({
    width: holder.clientWidth,
    height: 380,
    padding: [8, 32, 0, 0],
    focus: { alpha: 0.25 },
    cursor: { focus: { prox: 24 }, y: false },
    scales: { x: { time: false }, y: vertical.scale },
    axes: [
      { ...axis, splits: [place(50), 1, 2, 3, 4, 5], values: (chart, splits) => splits.map(percentileText) },
      { ...axis, ...vertical.axis },
    ],
    series: [{ label: say("requests"), value: (chart, x) => x == null ? "–" : percentileText(x) }, ...series],
    // Until the pointer is over the chart, the names show the 99th percentile.
    hooks: { ready: [chart => { if (at99 >= 0) chart.setLegend({ idx: at99 }); }] },
  }, [shown.map(i => place(data.percentiles[i])), ...data.curves.map(curve => shown.map(i => curve.micros[i]))], holder);
}

function draw() {
  for (const chart of charts) redrawn(chart);
}

function redrawn(chart) {
  chart.holder.replaceChildren();
  if (chart.logarithmic !== null) chart.holder.append(axisSwitch(chart));
  chart.draw(chart.holder, chart.data, chart.logarithmic);
}

const charts = [...document.querySelectorAll(".latency, .sweep, .scaling")].map(holder => {
  const kind = KINDS[holder.className];
  const data = JSON.parse(holder.querySelector("script").textContent);
  return { holder, data, draw: kind.draw, logarithmic: kind.values && isWide(data.curves.map(kind.values)) };
});

speak(root.lang);
draw();
dark.addEventListener("change", draw);
let redraw = 0;
addEventListener("resize", () => { cancelAnimationFrame(redraw); redraw = requestAnimationFrame(draw); });
