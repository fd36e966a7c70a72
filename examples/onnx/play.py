"""Takes the actions of an exported policy and compares them with those that the training's own network takes.

Arguments: the ONNX file, and the JSON file that the goal export-onnx writes for its parameter observations.
"""
import json
import sys

import numpy
import onnxruntime

model, recorded_file = sys.argv[1:]
with open(recorded_file, encoding="utf-8") as file:
    recorded = json.load(file)

# Observations are the game's own 60 values each; the file normalises them itself.
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
observations = numpy.array(recorded["observations"], dtype=numpy.float32)
(actions,) = session.run(["action"], {"observation": observations})

different = int((actions != numpy.array(recorded["actions"])).sum())
print(f"Python: {len(observations)} observations, {different} actions differ.")
sys.exit(1 if different else 0)
