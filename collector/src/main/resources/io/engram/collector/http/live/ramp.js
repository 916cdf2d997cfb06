// Colours for magnitudes: dark for little, light for much, even to the eye and for all kinds of
// colour vision (the map viridis of Smith and van der Walt, at nine places).

const STOPS = ["440154", "472d7b", "3b528b", "2c728e", "21918c", "28ae80", "5ec962", "addc30", "fde725"].map((hex) =>
  [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16)),
);

/** @param share 0 to 1 @returns [red, green, blue], each 0 to 255 */
export function ramp(share) {
  const at = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const i = Math.min(STOPS.length - 2, Math.floor(at));
  return STOPS[i].map((from, c) => Math.round(from + (at - i) * (STOPS[i + 1][c] - from)));
}

export function rampColour(share) {
  return `rgb(${ramp(share).join(" ")})`;
}
