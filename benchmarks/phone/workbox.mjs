/** `node workbox.mjs <site>`: a worker that stores all of the site, by Workbox as it comes. */
import { generateSW } from "workbox-build";

const [site] = process.argv.slice(2);
const { count, warnings } = await generateSW({
  globDirectory: site,
  globPatterns: ["**/*.{html,css,js,json,png,svg}"],
  swDest: `${site}/sw.js`,
  maximumFileSizeToCacheInBytes: 10_000_000,
  skipWaiting: true,
  clientsClaim: true,
  sourcemap: false,
});
if (warnings.length) throw new Error(warnings.join("\n"));
console.log(count);
