// Takes the actions of an exported policy and compares them with those that the training's own network takes; keeps the
// context as one who plays would, and compares it with the training's own.
// Arguments: the ONNX file, and the JSON file that the goal export-onnx writes for its parameter observations.
import { readFileSync } from "node:fs";
import ort from "onnxruntime-node";

const [model, recordedFile] = process.argv.slice(2);
const { observations, actions, starts } = JSON.parse(readFileSync(recordedFile, "utf8"));
const [count, size] = [observations.length, observations[0].length];

// Observations are the game's own values, and the context; the file normalises them itself.
const session = await ort.InferenceSession.create(model);
const input = new ort.Tensor("float32", Float32Array.from(observations.flat()), [count, size]);
const { action } = await session.run({ observation: input });
const different = actions.filter((expected, i) => expected !== Number(action.data[i])).length;

// context: seven numbers; keys: bit mask of the decision, Q 1, W 2, O 4, P 8.
function decided(context, keys) {
  for (let bit = 0; bit < 4; bit++) {
    context[bit] = (keys >> bit) & 1;
  }
  if (keys & 12) {
    context.fill(0, 4);
    context[keys & 4 ? 5 : 6] = 1;
  }
}

let astray = 0;
let context = [];
observations.forEach((observation, i) => {
  const theirs = observation.slice(60);
  if (starts.includes(i)) {
    context = theirs;
  } else {
    const keys = theirs.slice(0, 4).reduce((mask, held, bit) => mask | (held << bit), 0);
    decided(context, keys);
    astray += context.some((value, k) => value !== theirs[k]) ? 1 : 0;
  }
});

console.log(`JavaScript: ${count} observations, ${different} actions and ${astray} contexts differ.`);
process.exitCode = different + astray === 0 ? 0 : 1;
