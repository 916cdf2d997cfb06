// A smooth line through points that jump.

/**
 * The mean of all points no further away than `reach` on the x axis; near the first point no
 * further than that one, so that a steep beginning keeps its place. Values that are not finite
 * (null) count for nothing and stay gaps.
 *
 * @param points [{x, y}] by ascending x
 */
export function smoothed(points, reach) {
  const result = [];
  let from = 0;
  let to = 0;
  let sum = 0;
  let count = 0;
  for (const { x, y } of points) {
    const distance = Math.min(reach, x - points[0].x);
    for (; to < points.length && points[to].x <= x + distance; to++) {
      if (points[to].y !== null) {
        sum += points[to].y;
        count++;
      }
    }
    for (; points[from].x < x - distance; from++) {
      if (points[from].y !== null) {
        sum -= points[from].y;
        count--;
      }
    }
    result.push({ x, y: y === null ? null : sum / count });
  }
  return result;
}
