"""Takes the actions of an exported policy and compares them with those that the training's own network takes; keeps the
context as one who plays would, and compares it with the training's own.

Arguments: the ONNX file, and the JSON file that the goal export-onnx writes for its parameter observations.
"""
import json
import sys

import numpy
import onnxruntime

model, recorded_file = sys.argv[1:]
with open(recorded_file, encoding="utf-8") as file:
    recorded = json.load(file)

# Observations are the game's own values, and the context; the file normalises them itself.
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
observations = numpy.array(recorded["observations"], dtype=numpy.float32)
(actions,) = session.run(["action"], {"observation": observations})
different = int((actions != numpy.array(recorded["actions"])).sum())


# context: seven numbers; keys: bit mask of the decision, Q 1, W 2, O 4, P 8.
def decided(context, keys):
    context[:4] = [keys >> bit & 1 for bit in range(4)]
    if keys & 12:
        context[4:] = [0, int(keys & 4 > 0), int(keys & 4 == 0)]


astray = 0
context = []
for i, observation in enumerate(recorded["observations"]):
    theirs = [int(value) for value in observation[60:]]
    if i in recorded["starts"]:
        context = theirs
    else:
        decided(context, sum(held << bit for bit, held in enumerate(theirs[:4])))
        astray += context != theirs

print(f"Python: {len(observations)} observations, {different} actions and {astray} contexts differ.")
sys.exit(1 if different + astray else 0)
