// The site for Eleventy: YAML as data, words by key, Markdown by markdown-it.
import fs from "node:fs";
import * as yaml from "js-yaml";
import markdownIt from "markdown-it";

export default function (config) {
  const words = { en: JSON.parse(fs.readFileSync("words.en.json")), vi: JSON.parse(fs.readFileSync("words.vi.json")) };
  const markdown = markdownIt();
  config.addDataExtension("yaml", (text) => yaml.load(text));
  config.addFilter("t", (key, lang, values) => {
    const said = words[lang][key];
    return values ? said.replace(/\{(\w+)\}/g, (_, name) => values[name]) : said;
  });
  config.addFilter("md", (text) => markdown.render(text));
  config.addFilter("byName", (services) => Object.values(services).sort((a, b) => (a.name < b.name ? -1 : 1)));
  config.addFilter("count", (services) => Object.keys(services).length);
  config.addGlobalData("langs", ["en", "vi"]);
  config.addGlobalData("base", "https://privacy.example");
  config.addGlobalData("css", fs.readFileSync("style.css", "utf8"));
  config.setNunjucksEnvironmentOptions({ autoescape: true, trimBlocks: true, lstripBlocks: true });
  config.setQuietMode(true);
  return { dir: { input: "src", output: "_site" } };
}
