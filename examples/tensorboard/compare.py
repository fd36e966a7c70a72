"""Reads a run's event files with TensorBoard's own reader and compares them with the run's metrics.csv.

Argument: the run's folder, such as target/qwop/quickstart.
"""
import csv
import math
import pathlib
import sys

from tensorboard import version
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

run = pathlib.Path(sys.argv[1])
accumulator = EventAccumulator(str(run / "tensorboard"), size_guidance={"scalars": 0})
accumulator.Reload()
tags = accumulator.Tags()["scalars"]
read = {(tag, event.step): event.value for tag in tags for event in accumulator.Scalars(tag)}

expected = {}
with open(run / "metrics.csv", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        steps = int(row.pop("time/total_timesteps"))
        expected.update({(tag, steps): float(value) for tag, value in row.items() if value})

# Event files hold single precision.
different = [
    key
    for key in expected.keys() | read.keys()
    if key not in read or key not in expected or not math.isclose(read[key], expected[key], rel_tol=1e-6)
]
print(f"TensorBoard {version.VERSION}: {len(tags)} tags, {len(read)} values, {len(different)} differ.")
sys.exit(1 if different else 0)
