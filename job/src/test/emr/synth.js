// usage: node synth.js TEMPLATE: prints the template as CloudFormation would get it, as JSON, or fails.
const { App, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, "Template");
new CfnInclude(stack, "Included", { templateFile: process.argv[2] });
process.stdout.write(JSON.stringify(app.synth().getStackByName("Template").template));
