// Verifies messages with the reference library: standard input has them as JSON, standard output what came of each.
const { Webhook } = require("standardwebhooks");
const { moment, messages } = JSON.parse(require("fs").readFileSync(0, "utf8"));
Date.now = () => moment * 1000;
const verdicts = messages.map(({ secret, headers, body }) => {
  try {
    return new Webhook(secret).verify(body, headers).type;
  } catch (error) {
    return error.message;
  }
});
process.stdout.write(JSON.stringify(verdicts));
