// Draws one small plot: lines and areas over the last two minutes, broken and shaded where the subscription was lost.

export const SPAN = 120_000;
const WIDTH = 240;
const HEIGHT = 64;
const TOP = 14; // above it is the label of the scale
const SILENCE = 3_500; // a node speaks once a second: a longer gap is no line

/** The smallest pleasant number that is not below a value, for the top of a scale. */
export function scaleTop(value, least) {
  const steps = [1, 2, 2.5, 5, 10];
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(value, least)));
  return Math.max(least, magnitude * steps.find((step) => step * magnitude >= value));
}

/**
 * @param svg the element to fill
 * @param now the right edge, in milliseconds
 * @param samples in order, each with `at` in milliseconds
 * @param outages in order, each with `from` and `to` in milliseconds; `to` is null while it lasts
 * @param series in drawing order, each with `className`, `value(sample)` and whether it is an `area`
 * @param top the value at the upper edge
 * @param cursor the time to mark, or null
 */
export function draw(svg, { now, samples, outages, series, top, cursor }) {
  const x = (at) => ((at - now + SPAN) / SPAN) * WIDTH;
  const y = (value) => HEIGHT - 1 - (Math.min(value, top) / top) * (HEIGHT - 1 - TOP);
  const shapes = [element("line", { class: "grid", x1: 0, x2: WIDTH, y1: TOP, y2: TOP })];
  for (const quarter of [0.25, 0.5, 0.75]) {
    shapes.push(vertical("grid", quarter * WIDTH));
  }
  for (const outage of outages) {
    const from = Math.max(0, x(outage.from));
    const to = Math.min(WIDTH, x(outage.to ?? now));
    if (to > 0) {
      shapes.push(element("rect", { class: "outage", x: from, y: TOP, width: Math.max(to - from, 1.5), height: HEIGHT - TOP }));
    }
  }
  for (const { className, value, area } of series) {
    for (const run of runs(samples, outages, value)) {
      const points = run.map((sample) => `${x(sample.at).toFixed(1)} ${y(value(sample)).toFixed(1)}`);
      const left = x(run[0].at).toFixed(1);
      const right = x(run.at(-1).at).toFixed(1);
      if (area) {
        shapes.push(element("path", {
          class: `area ${className}`,
          d: `M${left} ${HEIGHT}L${points.join("L")}L${right} ${HEIGHT}Z`,
        }));
      }
      // A lone sample would be a line of no length, and not be seen.
      const path = (points.length > 1) ? `M${points.join("L")}` : `M${points[0]}h0.01`;
      shapes.push(element("path", { class: `line ${className}`, d: path }));
    }
  }
  if (cursor !== null) {
    shapes.push(vertical("cursor", x(cursor)));
  }
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.replaceChildren(...shapes);
}

/** The stretches without a gap. */
function runs(samples, outages, value) {
  const result = [];
  let previous = null;
  for (const sample of samples) {
    if (value(sample) === null) {
      continue;
    }
    const broken = previous === null || sample.at - previous.at > SILENCE
      || outages.some(({ from }) => from > previous.at && from <= sample.at);
    if (broken) {
      result.push([]);
    }
    result.at(-1).push(sample);
    previous = sample;
  }
  return result;
}

function vertical(className, x) {
  return element("line", { class: className, x1: x, x2: x, y1: TOP, y2: HEIGHT });
}

function element(name, attributes) {
  const result = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    result.setAttribute(key, value);
  }
  return result;
}
