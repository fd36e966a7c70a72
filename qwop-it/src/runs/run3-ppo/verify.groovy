File run = new File(basedir, 'target/qwop/run3-ppo')
assert new File(run, 'best.zip').isFile()
assert new File(run, 'policy.onnx').isFile()
assert new File(run, 'evaluation.json').isFile()
