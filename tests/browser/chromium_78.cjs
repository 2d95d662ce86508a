/* A report opened, corrected, filled in and made in Chromium 78: node chromium_78.cjs PACKAGES BROWSER ADDRESS FILE
   Prints what was seen as JSON. BROWSER is where the program is unpacked to. */
const fs = require("fs"), path = require("path"), zlib = require("zlib");
const [packages, browserPath, address, file] = process.argv.slice(2);
const puppeteer = require(path.join(packages, "puppeteer-core"));

async function main() {
  const packed = fs.readFileSync(path.join(packages, "chrome-aws-lambda", "bin", "chromium.br"));
  fs.writeFileSync(browserPath, zlib.brotliDecompressSync(packed), { mode: 0o755 });
  const browser = await puppeteer.launch({
    executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--no-zygote", "--single-process"],
  });
  const page = await browser.newPage(), seen = { version: await browser.version(), errors: [] };
  page.on("pageerror", (error) => seen.errors.push(error.message));
  const state = (text) => page.waitForFunction((words) => document.getElementById("state").textContent === words, {}, text);
  const findings = () => page.$$eval("#findings .findings > li", (lines) => lines.length);
  await page.goto(address);
  await (await page.$("#file")).uploadFile(file);
  await page.waitForSelector("#form");
  await state("已保存");
  seen.opened = await findings();
  seen.colour = await page.$eval("[id='figure:disclosure.penalties.decisions']", (box) => getComputedStyle(box).backgroundColor);
  await page.focus("[id='figure:disclosure.penalties.decisions']");
  await page.keyboard.type("12");
  await state("已保存");
  seen.typed = await findings();
  await page.click("#undo");
  await state("已保存");
  seen.undone = await findings();
  await page.click("#make");
  await page.waitForSelector("#preview .page img");
  await page.waitForFunction(() => document.querySelector("#preview .page img").naturalWidth > 0);
  seen.pages = await page.$$eval("#preview .page", (pages) => pages.length);
  await browser.close();
  console.log(JSON.stringify(seen));
}

main().catch((error) => { console.error(error); process.exit(1); });
