"use strict";

const place = document.getElementById("docs");
const schema = place.dataset.schema;
place.replaceChildren();
window.SwaggerUIBundle({ url: schema, domNode: place, deepLinking: true, validatorUrl: null });
