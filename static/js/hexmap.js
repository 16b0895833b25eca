/* A map, of hexagons or of boundaries, is one tab stop: arrows walk to the neighbour in that direction, Home and End
   to the first and the last one, Enter is the link itself. A place and the row of the table that
   leads to the same page light up together. Without this script the table does all. */

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/* Odd rows stand half a hexagon further east: places in half-widths. */
const place = (link) => {
  const r = Number(link.dataset.r);
  return { x: 2 * Number(link.dataset.q) + (r & 1), y: r };
};

/* The nearest in the direction: in the same row for left and right, else in the cone above or
   below; of two equally near ones the one in the same column, so that going up and down again
   leads back. */
function neighbour(from, links, [dx, dy]) {
  const a = place(from);
  let best = null;
  let least = Infinity;
  for (const link of links) {
    const b = place(link);
    const x = b.x - a.x;
    const y = b.y - a.y;
    const ahead = dy === 0 ? y === 0 && x * dx > 0 : y * dy > 0 && Math.abs(x) <= 2 * Math.abs(y);
    const column = link.dataset.q === from.dataset.q ? 0 : 0.1;
    const length = x * x + 3 * y * y + column;
    if (ahead && length < least) {
      best = link;
      least = length;
    }
  }
  return best;
}

/* Boundaries have no rows: the nearest middle within the quarter that the arrow points to. */
function nearest(from, links, [dx, dy]) {
  const middle = (link) => {
    const box = link.querySelector('use').getBBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const a = middle(from);
  let best = null;
  let least = Infinity;
  for (const link of links) {
    const b = middle(link);
    const [x, y] = [b.x - a.x, a.y - b.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy + y * dx);
    const length = along * along + 2 * aside * aside;
    if (link !== from && along > 0 && along >= aside && length < least) {
      best = link;
      least = length;
    }
  }
  return best;
}

function walk(map) {
  const links = [...map.querySelectorAll('a')];
  const next = map.classList.contains('geo') ? nearest : neighbour;
  const go = (link) => {
    links.forEach((other) => other.setAttribute('tabindex', other === link ? '0' : '-1'));
    link.focus();
  };
  map.addEventListener('keydown', (event) => {
    const from = event.target.closest('a');
    if (!from || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    let to = null;
    if (event.key in STEPS) to = next(from, links, STEPS[event.key]);
    else if (event.key === 'Home') to = links[0];
    else if (event.key === 'End') to = links.at(-1);
    else return;
    event.preventDefault();
    if (to) go(to);
  });
  return links;
}

function pair(links) {
  const rows = new Map();
  document.querySelectorAll('tr[id^=o] th a').forEach((link) => {
    rows.set(link.getAttribute('href'), link.closest('tr'));
  });
  for (const link of links) {
    const row = rows.get(link.getAttribute('href'));
    if (!row) continue;
    const light = (isOn) => () => [link, row].forEach((e) => e.classList.toggle('is-lit', isOn));
    for (const element of [link, row]) {
      for (const name of ['pointerenter', 'focusin']) element.addEventListener(name, light(true));
      for (const name of ['pointerleave', 'focusout']) element.addEventListener(name, light(false));
    }
  }
}

document.querySelectorAll('svg.hex[role=group]').forEach((map) => pair(walk(map)));
