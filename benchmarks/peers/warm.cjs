// Make documents in one warm process, and print what each took: those who live in Node.
//     node warm.cjs PEER TEMPLATE VALUES WARM_UP COUNT FOLDER
// As warm.py: the first reports warm up, and their documents are written into FOLDER; those that follow
// are timed.
"use strict";
const fs = require("fs");
const path = require("path");

async function main(peer, template, values, warmUp, count, folder) {
    const reports = JSON.parse(fs.readFileSync(values, "utf8"));
    const make = require(`./${peer}.cjs`)(template);
    for (let number = 0; number < warmUp; number++) {
        fs.writeFileSync(path.join(folder, `${number}.docx`), await make(reports[number % reports.length]));
    }
    const times = [];
    const used = process.cpuUsage();
    for (let number = warmUp; number < warmUp + count; number++) {
        const start = process.hrtime.bigint();
        await make(reports[number % reports.length]);
        times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    const { user, system } = process.cpuUsage(used);
    const peak = /^VmHWM:\s+(\d+)/m.exec(fs.readFileSync("/proc/self/status", "utf8"));
    const processor = (user + system) / 1000 / Math.max(count, 1);
    console.log(JSON.stringify({ times, processor, memory: peak ? peak[1] / 1024 : 0 }));
}

const [peer, template, values, warmUp, count, folder] = process.argv.slice(2);
main(peer, template, values, Number(warmUp), Number(count), folder).catch((error) => {
    console.error(error);
    process.exit(1);
});
