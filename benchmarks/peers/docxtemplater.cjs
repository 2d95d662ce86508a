// docxtemplater as its manual has it; a document is opened and compiled anew, for none can be rendered twice.
"use strict";
const fs = require("fs");
const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");

module.exports = (template) => {
    const content = fs.readFileSync(template);
    return (values) => {
        const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
        document.render(values);
        return document.toBuffer();
    };
};
