// usage: node synth.js TEMPLATE…: prints the templates as CloudFormation would get them, a JSON object by their paths, or fails.
const { App, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");

const app = new App({ analyticsReporting: false });
const files = process.argv.slice(2);
files.forEach((file, i) => new CfnInclude(new Stack(app, `Template${i}`), "Included", { templateFile: file }));
const assembly = app.synth();
const templates = files.map((file, i) => [file, assembly.getStackByName(`Template${i}`).template]);
process.stdout.write(JSON.stringify(Object.fromEntries(templates)));
