// Takes the actions of an exported policy and compares them with those that the training's own network takes.
// Arguments: the ONNX file, and the JSON file that the goal export-onnx writes for its parameter observations.
import { readFileSync } from "node:fs";
import ort from "onnxruntime-node";

const [model, recordedFile] = process.argv.slice(2);
const recorded = JSON.parse(readFileSync(recordedFile, "utf8"));
const count = recorded.observations.length;

// Observations are the game's own 60 values each; the file normalises them itself.
const session = await ort.InferenceSession.create(model);
const input = new ort.Tensor("float32", Float32Array.from(recorded.observations.flat()), [count, 60]);
const { action } = await session.run({ observation: input });

const different = recorded.actions.filter((expected, i) => expected !== Number(action.data[i])).length;
console.log(`JavaScript: ${count} observations, ${different} actions differ.`);
process.exitCode = different === 0 ? 0 : 1;
