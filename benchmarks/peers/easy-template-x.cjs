// easy-template-x as its manual has it: one handler, and the template's bytes for each document.
"use strict";
const fs = require("fs");
const { TemplateHandler } = require("easy-template-x");

module.exports = (template) => {
    const content = fs.readFileSync(template);
    const handler = new TemplateHandler();
    return (values) => handler.process(content, values);
};
