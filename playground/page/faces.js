// Drawn faces: a person looks the same in every seat and after every reload. Four styles of hair, four tones of skin, four colours.
const SVG = "http://www.w3.org/2000/svg";

const SKIN = ["#f3d3bd", "#e6b998", "#c98f68", "#8f5f42"];
const HAIR = ["#23201e", "#4a3426", "#7a5236", "#8b8680"];
const STYLES = [
  "M10.6 16.5C9.8 9.6 13 7 18 7s8.2 2.6 7.4 9.5c-.7-2.600-1.700-4-3.400-4.600-2.600.9-5.600.8-8-.1-1.700.6-2.700 2.100-3.400 4.700z", // short
  "M10 22c-1.300-9 .6-15 8-15s9.300 6 8 15c-1.200.2-2.200 0-2.600-.6.5-3.400.3-6.600-.6-8.600-3 1-6.600 1-9.600 0-.9 2-1.100 5.200-.6 8.600-.4.6-1.400.8-2.600.6z", // long
  "M10.500 16c-.8-6.500 2.600-9.200 7.500-9.200 1.500-1.800 5-1.200 4.600 1.500 2.300 1.400 3.300 4 2.900 7.700-.8-2-1.900-3.400-3.300-4.200-2.900 1-6.600.7-8.500-.2-1.400.8-2.400 2.200-3.200 4.400z", // a bun
  "M10.700 15.500c-.5-6 2.700-8.700 7.800-8.500 4.700.2 7.300 3 6.800 8.500-.6-1.500-1.300-2.600-2.300-3.300-3.800.3-6.600-.5-8.900-2-.9 1.400-2.300 3-3.400 5.300z", // parted
];

const bits = (id, shift, count) => Math.floor(Math.abs(id) / shift) % count;

/** An SVG of somebody's face, seen from the front; their clothes have the colour of the avatar's letters. */
export function face(id) {
  const skin = SKIN[bits(id * 7, 3, 16) % 3 === 0 ? bits(id, 2, SKIN.length) : bits(id, 1, 2)];
  const svg = node("svg", { viewBox: "0 0 36 36", "aria-hidden": "true" });
  svg.append(
    node("path", { d: "M5 37c0-8 5.600-11.500 13-11.500S31 29 31 37z", class: "clothes" }),
    node("path", { d: "M15 22h6v4.500c-1.600 1.800-4.400 1.800-6 0z", fill: skin, opacity: "0.85" }),
    node("ellipse", { cx: "18", cy: "16.500", rx: "6.900", ry: "7.900", fill: skin }),
    node("path", { d: STYLES[bits(id, 1, STYLES.length)], fill: HAIR[bits(id * 13, 5, HAIR.length)] }),
    node("path", { d: "M15.300 16.700v.1M20.700 16.700v.1", class: "eyes" }),
    node("path", { d: "M15.800 20.200c1.300 1.200 3.100 1.200 4.400 0", class: "smile" }),
  );
  return svg;
}

function node(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
